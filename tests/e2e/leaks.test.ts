import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { choice, createStudy, float } from "../../src/index.ts";
import { attune, type Ended, folder } from "./attune.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const HAS_SCRIPT = spawnSync("script", ["--version"]).status === 0;
/** All that a terminal obeys: C0 but the line break, DEL, C1, and what turns the direction. */
const OBEYED = /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
const EVIL = "a\u001b]52;c;ZXZpbA==\u0007\u001b[8mb\u009b31m\u202egpj\u2066c\rd\u007fe\u0001";

const said = ({ out, err }: Ended): string => out + err;

/** What a terminal of 90 columns gets. */
function onTerminal(cwd: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const quoted = [process.execPath, MAIN, ...words].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const { NO_COLOR: _, CI: __, ...clean } = process.env;
  const { stdout } = spawnSync("script", ["-qefc", `stty cols 90 rows 30; ${quoted}`, "/dev/null"], {
    cwd,
    env: { ...clean, TERM: "xterm", LANG: "C.UTF-8", ...env },
    encoding: "utf8",
    input: "n\n",
  });
  return stdout;
}

describe("texts of others", () => {
  let cwd = "";

  beforeAll(async () => {
    cwd = folder({
      "evil.csv": `x,loss,${EVIL.replaceAll("\r", "")}\n1,2,3\n`,
      "space.yaml": `space: {${JSON.stringify(EVIL)}: [1, 2]}\n`,
      "print.mjs": `console.log(${JSON.stringify(`${EVIL}\u001b[31mred\u001b[0m`)}); console.log("loss=1"); process.exit(Number(process.argv[2]));`,
    });
    const study = await createStudy({
      name: `s${EVIL}`,
      minimize: `loss${EVIL}`,
      space: { x: float(0, 1), opt: choice([EVIL, "=1+1"]) },
      storage: `${cwd}/attune.db`,
    });
    for (let number = 0; number < 4; number++) {
      const trial = await study.ask();
      if (number === 3) await study.tell(trial, { failed: true, message: `${EVIL}\n${EVIL}` });
      else await study.tell(trial, number);
    }
    await study.close();
  });

  it("never leave a command raw", async () => {
    const name = `s${EVIL}`;
    const commands: readonly (readonly string[])[] = [
      ["note", "1", EVIL],
      ["note", "1"],
      ["studies"],
      ["studies", "--json"],
      ["show"],
      ["show", "--json"],
      ["show", "--plot", "history,slice,parallel,importance,timeline"],
      ["show", "--plot", "slice,parallel", "--json"],
      ["trials"],
      ["trials", "--json"],
      ["trials", "--columns", `trial,${EVIL}`],
      ["best"],
      ["best", "--json"],
      ["best", "--quiet"],
      ["why", "0-3"],
      ["why", "0", "--json"],
      ["replay"],
      ["export", "--format", "json"],
      ["ask"],
      ["ask", "--json"],
      ["enqueue", JSON.stringify({ x: 0.5, opt: EVIL })],
      ["invalidate", "2"],
      ["import", "evil.csv"],
      ["space", "describe", "space.yaml"],
      ["space", "edit", name, "--dry-run", "--drop", "opt"],
      ["storage", "check"],
      ["gc"],
      ["delete", name],
      ["show", EVIL],
      ["run", EVIL, "--minimize", "loss"],
      ["show", `--${EVIL}`],
      [EVIL],
      ["export", "--output", `no/${EVIL}`],
    ];
    for (const words of commands) {
      const ended = await attune(cwd, words);
      expect({ words, said: said(ended) }).not.toEqual({ words, said: "" });
      expect(said(ended), words.join(" ")).not.toMatch(OBEYED);
      expect(said(ended), words.join(" ")).not.toContain("internal error");
    }
  }, 120_000);

  it("stand as they are where they are data", async () => {
    const { out } = await attune(cwd, ["trials", "--json"]);
    const opts = out.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line).params.opt]));
    expect(opts).toContain(EVIL);
    expect((await attune(cwd, ["export", "--columns", "opt"])).out).toContain(EVIL);
  });

  it("of a program are shown without its colours, as they are with --raw", async () => {
    const inside = folder();
    const command = ["--", process.execPath, `${cwd}/print.mjs`, "{x: 0 | 1}"];
    const run = await attune(inside, ["run", "--minimize", "loss", "--trials", "2", "--keep-going", ...command]);
    expect(said(run)).not.toMatch(OBEYED);
    for (const words of [
      ["log", "0"],
      ["log", "0", "--follow"],
    ]) {
      const { out } = await attune(inside, words);
      expect(out).not.toMatch(OBEYED);
      expect(out).toMatch(/\\x1b\]52;c;ZXZpbA==\\x07b[\s\S]*red\nloss=1\n$/);
      expect((await attune(inside, [...words, "--raw"])).out).toContain(`${EVIL}\u001b[31mred\u001b[0m\n`);
    }
  });

  it.skipIf(!HAS_SCRIPT && process.env.CI === undefined)(
    "are visible on a terminal, beside the tuner's own colours",
    () => {
      // Of a question, readline's too.
      const own = /\u001b\[\d{1,2}[mGJ]|\r+\n/g;
      for (const words of [
        ["show"],
        ["export"],
        ["export", "--format", "csv", "--output", "/dev/tty"],
        ["delete", `s${EVIL}`],
      ]) {
        const seen = onTerminal(cwd, words);
        expect(seen).toContain("\\x1b]52;c;");
        expect(seen.replace(own, "\n")).not.toMatch(OBEYED);
      }
      expect(onTerminal(cwd, ["show"])).toContain("\u001b[1m");
    },
  );
});

describe("export --spreadsheet", () => {
  it("runs no formula, keeps numbers, and is imported as it was", async () => {
    const cwd = folder();
    const opts = ["=1+1", "'=1+1", "-0.5", "@a", "plain"] as const;
    const begin = async (study: string) => {
      const made = await createStudy({
        name: study,
        minimize: "loss",
        space: { x: float(-1, 1), opt: choice(opts) },
        storage: `${cwd}/attune.db`,
      });
      return made;
    };
    const study = await begin("a");
    for (const [place, opt] of opts.entries()) {
      await study.enqueue({ x: -0.5, opt });
      await study.tell(await study.ask(), place - 3);
    }
    await study.close();
    await (await begin("b")).close();
    await attune(cwd, ["note", "0", "=HYPERLINK(1)", "a"]);
    const sheet = await attune(cwd, ["export", "a", "--spreadsheet", "--columns", "x,opt,loss,note"]);
    expect(sheet.out).toBe(
      "x,opt,loss,note\n-0.5,'=1+1,-3,'=HYPERLINK(1)\n-0.5,''=1+1,-2,\n-0.5,-0.5,-1,\n-0.5,'@a,0,\n-0.5,plain,1,\n",
    );
    writeFileSync(`${cwd}/sheet.csv`, sheet.out);
    expect((await attune(cwd, ["import", "sheet.csv", "b"])).code).toBe(0);
    const columns = ["--columns", "x,opt,loss,note"];
    expect((await attune(cwd, ["export", "b", ...columns])).out).toBe(
      (await attune(cwd, ["export", "a", ...columns])).out,
    );
    const wrong = await attune(cwd, ["export", "a", "--spreadsheet", "--format", "json"]);
    expect([wrong.code, wrong.err]).toEqual([2, "attune: --spreadsheet goes with csv; what is written is json.\n"]);
  });
});

describe("a secret in the command", () => {
  const SECRET = "it's hunter2x & more";
  const env = { DB_PASSWORD: SECRET };
  const PROGRAM = `console.log("got", process.argv.at(-1), JSON.stringify(process.argv.slice(2)));
if (process.argv[2] > 0.9) throw new Error("cannot log in as " + process.argv.at(-1));
console.log("loss=" + process.argv[2]);`;
  const run = (secret: readonly string[]) => [
    ...["run", "--study", "s", "--minimize", "loss", "--trials", "4", "--seed", "1"],
    ...["--", process.execPath, "train.mjs", "{x: 0.0..1.0}", ...secret],
  ];
  const commands = [
    ["show"],
    ["show", "--json"],
    ["best"],
    ["best", "--json"],
    ["why", "0-3"],
    ["trials", "--json"],
    ["export", "--format", "json"],
    ["export"],
    ["log", "0"],
    ["log", "0", "--raw"],
    ["confirm", "--replicates", "2"],
    ["studies", "--json"],
  ];

  it("is kept, and printed by no command", async () => {
    const cwd = folder({ "train.mjs": PROGRAM });
    const secrets: readonly (readonly [words: readonly string[], secret: string])[] = [
      [[`postgres://me:${SECRET}@host`], SECRET],
      [["--password", "hunter2x"], "hunter2x"],
      [["--db-passwd", "pw1"], "pw1"],
      [["--api-key=k1-short"], "k1-short"],
      [["https://host/v1?sig=abc123def456"], "abc123def456"],
      [[`ghp_${"a1".repeat(18)}`], "a1a1a1"],
      [[SECRET], SECRET],
    ];
    const words = secrets.flatMap(([given]) => given);
    const parts = secrets.flatMap(([, secret]) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      secret.replaceAll("'", "'\\''"),
    ]);
    const check = (ended: Ended, hidden = parts): string => {
      for (const part of hidden) expect(said(ended)).not.toContain(part);
      return said(ended);
    };
    const [first = "", ...others] = run(words);
    expect(check(await attune(cwd, [first, "--dry-run", ...others], env))).toContain("[redacted]");
    // What the program itself prints of a short one cannot be told from other words.
    const printed = parts.filter((part) => part !== "pw1");
    expect(check(await attune(cwd, ["try", ...run(words).slice(9)], env), printed)).toContain("[redacted]");
    expect(check(await attune(cwd, run(words), env), printed)).toMatch(
      /note: the command holds a secret\. It is kept in attune\.db, .* in a study file: command: my-program --password "\$DB_PASSWORD"\n/,
    );
    for (const command of commands)
      check(await attune(cwd, command, env), /log|trials|export|show|confirm/.test(command[0]!) ? printed : parts);
    for (const secret of ["it's hunter2x & more", "pw1", "k1-short"])
      expect(readFileSync(`${cwd}/attune.db`).includes(secret)).toBe(true);
    const quiet = await attune(cwd, ["best", "--quiet"], env);
    expect([quiet.code, quiet.out]).toEqual([1, ""]);
    expect(quiet.err).toMatch(/^attune: the command holds a secret, .*--show-secrets.*\n$/);
    const shown = await attune(cwd, ["best", "--quiet", "--show-secrets"], env);
    const { stdout } = spawnSync("sh", ["-c", shown.out], { cwd, encoding: "utf8" });
    for (const word of words) expect(stdout).toContain(word);
  }, 120_000);

  it.skipIf(!HAS_SCRIPT && process.env.CI === undefined)(
    "is shown to a terminal by best --quiet, and by nothing else",
    async () => {
      const cwd = folder({ "train.mjs": PROGRAM });
      await attune(cwd, run(["--password", SECRET]), env);
      expect(onTerminal(cwd, ["best", "--quiet"], env)).toContain("'it'\\''s hunter2x & more'");
      expect(onTerminal(cwd, ["best"], env)).toMatch(
        /--password \[redacted\][\s\S]*attune best --quiet prints it to a terminal/,
      );
    },
  );

  it("is left to the program's shell by a text command, and then nothing is held", async () => {
    const cwd = folder({
      "train.mjs": PROGRAM,
      "study.yaml": `minimize: loss\ntrials: 1\nspace: {x: 0.0..1.0}\ncommand: '"${process.execPath}" train.mjs \${x} "$DB_PASSWORD"'\n`,
    });
    const { code, err } = await attune(cwd, ["run", "study.yaml"], env);
    expect([code, err.includes("holds a secret")]).toEqual([0, false]);
    expect((await attune(cwd, ["log", "0"], env)).out).toContain("got [redacted]");
    expect((await attune(cwd, ["best", "--quiet"], env)).out).toContain('"$DB_PASSWORD"');
    expect(readFileSync(`${cwd}/attune.db`).includes("hunter2x")).toBe(false);
  });

  it("that was copied from what was printed is refused", async () => {
    const cwd = folder({ "train.mjs": PROGRAM });
    const { code, err } = await attune(cwd, run(["--password", "[redacted]"]));
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^attune: The command has \[redacted\] in place of a secret; write /),
    ]);
  });
});
