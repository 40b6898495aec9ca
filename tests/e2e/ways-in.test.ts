import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, trials } from "./attune.ts";

/** Reads what it is given by each way and prints it as one line of JSON, then a loss that depends on lr. */
const SHOW = `
import { existsSync, readFileSync } from "node:fs";
const read = (file) => (file && existsSync(file) ? readFileSync(file, "utf8") : null);
const stdin = process.env.STDIN ? readFileSync(0, "utf8") : null;
console.log(JSON.stringify({
  argv: process.argv.slice(2), config: read("conf/config.yaml"), named: read(process.env.ATTUNE_PARAMS_FILE),
  params: process.env.ATTUNE_PARAMS, lr: process.env.ATTUNE_PARAM_LR, cwd: process.cwd(), stdin, data: read("data.txt"),
}));
console.log("loss=" + process.env.ATTUNE_PARAM_LR);
`;
const PARAMS = ["--param", "lr=1e-9..1e-7:log", "--param", "opt=adam/sgd", "--param", "bn=true/false"];
const RUN = ["run", "--minimize", "loss", "--trials", "4", "--workers", "2", "--seed", "3"];

interface Shown {
  readonly argv: readonly string[];
  readonly config: string | null;
  readonly named: string | null;
  readonly params: string;
  readonly cwd: string;
  readonly stdin: string | null;
  readonly data: string | null;
}

async function shown(cwd: string, number: number): Promise<Shown> {
  const { out } = await attune(cwd, ["log", String(number), "t"]);
  return JSON.parse(out.split("\n")[0]!) as Shown;
}

describe("ways in", () => {
  it("writes arguments in the style asked for, at the end of a command that names no parameter", async () => {
    const cwd = folder({ "t.mjs": SHOW });
    const ways = ["--args-style", "hydra", "--booleans", "flag"];
    const run = await attune(cwd, [...RUN, ...PARAMS, ...ways, "--", process.execPath, "t.mjs", "train"]);
    expect(run.code).toBe(0);
    expect(run.err).not.toContain("not in the command");
    for (const { number } of await trials(cwd, "t")) {
      const { argv, params } = await shown(cwd, number as number);
      const { lr, opt, bn } = JSON.parse(params) as { lr: number; opt: string; bn: boolean };
      const text = String(lr).replace(/^(\d)e/, "$1.0e");
      expect(argv).toEqual(["train", `lr=${text}`, `opt=${opt}`, ...(bn ? ["--bn"] : [])]);
    }
  });

  it("gives each trial its own files in a mirror of the folder, and hands the winner on with them", async () => {
    const cwd = folder({ "t.mjs": SHOW, "data.txt": "here" });
    mkdirSync(join(cwd, "conf"));
    writeFileSync(join(cwd, "conf/config.yaml.attune"), "lr: ${lr}\nopt: ${opt}\n");
    writeFileSync(join(cwd, "conf/config.yaml"), "mine\n");
    const run = await attune(cwd, [
      ...RUN,
      ...PARAMS,
      "--template",
      "conf/config.yaml.attune",
      "--",
      process.execPath,
      "t.mjs",
    ]);
    expect(run.code).toBe(0);
    expect(run.err).toContain("bn is not in the command");
    const seen = await Promise.all([0, 1, 2, 3].map(async (number) => await shown(cwd, number)));
    expect(new Set(seen.map((one) => one.cwd)).size).toBe(4);
    for (const { config, params, data } of seen) {
      const { opt } = JSON.parse(params) as { opt: string };
      expect(config).toMatch(new RegExp(`^lr: \\d\\.\\d+e-[789]\\nopt: "${opt}"\\n$`));
      expect(data).toBe("here");
    }
    expect(readFileSync(join(cwd, "conf/config.yaml"), "utf8")).toBe("mine\n");
    const dry = await attune(cwd, [
      "run",
      "--dry-run",
      ...RUN.slice(1),
      ...PARAMS,
      "--study",
      "new",
      "--template",
      "conf/config.yaml.attune",
      "--",
      "cat",
    ]);
    expect(dry.out).toMatch(/^cd \/.*\/attune\.db\.files\/\d+\/trial-0\/attempt-0\.input && cat\n/);
    expect(dry.err).toContain("conf/config.yaml: written for each trial when it runs");
    const best = await attune(cwd, ["best", "--quiet"]);
    const again = execFileSync("/bin/sh", ["-c", best.out], { cwd, encoding: "utf8" });
    expect(seen.map((one) => one.config)).toContain((JSON.parse(again.split("\n")[0]!) as Shown).config);
  });

  it.each([
    ["a list", [process.execPath, "t.mjs"]],
    ["a shell's", ["sh", "-c", `${process.execPath} t.mjs | cat; echo "it's $ATTUNE_PARAM_LR"`]],
  ])("gives the winner's command what a program finds only in its environment: %s", async (_, command) => {
    const cwd = folder({ "t.mjs": SHOW });
    const way = ["--study", "t", "--param", "lr=1e-9..1e-7:log", "--param", 'größe.2 "a b" | c'];
    expect((await attune(cwd, [...RUN, ...way, "--", ...command])).code).toBe(0);
    const best = JSON.parse((await attune(cwd, ["best", "t", "--json"])).out) as { number: number; command: string };
    const again = execFileSync("/bin/sh", ["-c", best.command], {
      cwd,
      encoding: "utf8",
      env: { PATH: process.env.PATH },
    });
    expect(JSON.parse(again.split("\n")[0]!)).toEqual(await shown(cwd, best.number));
    const { out } = await attune(cwd, [...RUN, ...way, "--study", "u", "--dry-run", "--", ...command]);
    expect(out.match(/^env 'ATTUNE_PARAMS=/gm)).toHaveLength(3);
  });

  it("tells the program where its file is, and keeps it in its folder", async () => {
    const cwd = folder({
      "t.mjs": SHOW,
      "t.yaml": `minimize: loss\ntrials: 1\nspace: {lr: 0.5..1.0, model.depth: 2..3}\nparams-file: p.toml\nstdin: json\ncommand: [${process.execPath}, t.mjs, "--config=\${file:p.toml}"]\n`,
    });
    expect((await attune(cwd, ["run", "t.yaml"], { STDIN: "1" })).code).toBe(0);
    const { argv, named, stdin, params, cwd: ran } = await shown(cwd, 0);
    const all = JSON.parse(params) as Record<string, number>;
    expect(argv[0]).toMatch(/^--config=\/.*\/attune\.db\.files\/.*\/p\.toml$/);
    expect(named).toMatch(new RegExp(`^lr = [\\d.]+\\n\\n\\[model\\]\\ndepth = ${all["model.depth"]}\\n$`));
    expect(JSON.parse(stdin!)).toEqual({ lr: all.lr, model: { depth: all["model.depth"] } });
    expect(ran).not.toContain("attune.db.files");
    const other = await attune(cwd, ["run", "t.yaml", "--stdin", "yaml", "--trials", "2"]);
    expect(other.err).toContain("its program or arguments are others");
  });

  it.each([
    [["--template", "config.yaml"], "give a file inside the working folder whose name ends in .attune"],
    [["--template", "no.yaml.attune"], "The template no.yaml.attune cannot be read: there is no such file"],
    [["--template", "empty.yaml.attune"], "holds none of the parameters (lr, opt, bn)"],
    [["--params-file", "../p.json"], "give a file inside the working folder"],
    [["--params-file", "p.xml"], "ends in .json, .yaml, .yml or .toml"],
    [["--args-style", "posix"], "give equals, space, python or hydra"],
    [["--stdin", "xml"], "give json, yaml or toml"],
  ])("refuses %j before a study is begun", async (ways, message) => {
    const cwd = folder({ "t.mjs": SHOW, "empty.yaml.attune": "a: 1\n" });
    const run = await attune(cwd, [...RUN, ...PARAMS, ...ways, "--", process.execPath, "t.mjs"]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(message);
  });

  it("refuses --param without a program", async () => {
    const cwd = folder({ "t.mjs": SHOW });
    expect((await attune(cwd, ["run", "digits", ...PARAMS])).err).toContain("give the program behind --");
  });
});
