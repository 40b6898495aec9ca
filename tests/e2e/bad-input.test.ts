import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/command-table.ts";
import { attune, folder } from "./attune.ts";

const NODE = process.execPath;

describe("help", () => {
  it.each(COMMANDS.map(({ name }) => name))("of %s has an example", async (name) => {
    const { code, out, err } = await attune(folder(), [name, "--help"]);
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out).toMatch(new RegExp(`Examples?:\\n[\\s\\S]*attune ${name}`));
  });

  it("lists the commands, also when nothing is asked", async () => {
    const [help, nothing, version] = await Promise.all([
      attune(folder(), ["--help"]),
      attune(folder(), []),
      attune(folder(), ["--version"]),
    ]);
    expect(help.out).toBe(nothing.out);
    for (const { name } of COMMANDS) expect(help.out).toContain(`\n  ${name} `);
    expect(version.out).toMatch(/^\d+\.\d+\.\d+/);
    expect([help.code, nothing.code, version.code]).toEqual([0, 0, 0]);
  });
});

describe("--quiet", () => {
  it.each(["run", "show", "trials", "best", "log", "ask", "tell", "enqueue", "replay", "studies", "delete"])(
    "is known to %s",
    async (name) => {
      const { out } = await attune(folder(), [name, "--help"]);
      expect(out).toContain("--quiet");
    },
  );

  it("leaves the result and drops remarks", async () => {
    const cwd = folder();
    const described = ["ask", "--study", "s", "--minimize", "loss", "--space", "{x: 1..2}", "--quiet"];
    expect(await attune(cwd, described)).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("trial 0 of s"),
    });
    expect(await attune(cwd, ["delete", "s", "--yes", "--quiet"])).toMatchObject({ code: 0, err: "", out: "" });
  });
});

describe("a mistake", () => {
  it.each([
    [["rnu"], "unknown command 'rnu'. Did you mean run?"],
    [["show", "--storrage", "x"], "unknown option '--storrage'. Did you mean --storage?"],
    [["run", "--trials"], "argument missing"],
    [["run", "python", "train.py"], "put -- before it"],
    [["run", "--minimize", "loss", "--"], "There is no program behind --"],
    [["run", "--", NODE, "{x: 1..2}"], "No metric is given"],
    [["run", "--minimize", "loss", "--", NODE, "train.mjs"], "There is no parameter to tune"],
    [["run", "--minimize", "loss", "--", NODE, "--lr", "{lr: 1e-1..1e-5}"], "argument 3, column 6"],
    [["run", "--minimize", "loss", "--", NODE, "{seed: 1..2}"], "reserved"],
    [["run", "--minimize", "loss", "--sampler", "gird", "--", NODE, "{x: 1..2}"], "grid"],
    [["run", "--minimize", "loss", "--", NODE, "x ${args}", "{x: 1..2}"], "`${args}` stands inside a longer argument"],
    [["run"], "Say what to run"],
    [["run", "digits"], "There is no storage"],
    [["run", "nothing.yaml"], "there is no such file"],
    [["show", "digits"], "There is no storage"],
    [["log", "first"], "The trial's number is"],
    [["delete"], "Say which study to delete"],
  ])("in %j is told in a sentence", async (words, message) => {
    const cwd = folder();
    const { code, out, err } = await attune(cwd, words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err).toMatch(/^attune: /);
    expect(err).not.toMatch(/^ +at /m);
    expect(existsSync(join(cwd, "attune.db"))).toBe(false);
  });

  it.each([
    ["space: {}", "", "s.yaml:2:8: There is no parameter to tune"],
    ["space: {x: 1..2}", "sampler: gird", 's.yaml:3:10: There is no sampler named "gird"'],
    ["space: {x: 1..2}", "scheduler: medain", 's.yaml:3:12: There is no scheduler named "medain"'],
    ["space: {x: 1..2}", "sampler: {name: grid, pionts: 3}", "s.yaml:3:10: sampler grid has no option pionts"],
    ["space: {xy: 1..2}", 'where: ["xz > 5"]', 'Did you mean "xy"?\n'],
  ])("in a study file with %s %s is told with its place", async (space, more, message) => {
    const text = `minimize: loss\n${space}\n${more}\ncommand: [echo, loss=1]\n`;
    const { code, err } = await attune(folder({ "s.yaml": text }), ["run", "s.yaml"]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("is not made of a working folder that is gone", async () => {
    const cwd = folder();
    const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
    const script = `rmdir "${cwd}"; exec "${NODE}" "${main}" show`;
    const child = spawn("sh", ["-c", script], { cwd });
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect([code, err]).toEqual([2, expect.stringContaining("attune: The working folder is gone")]);
  });

  it("in help is told below the list of commands", async () => {
    const { code, err } = await attune(folder(), ["help", "nothing"]);
    expect(code).toBe(2);
    expect(err).toContain("attune: unknown command\nSee attune --help.");
  });

  it("for want of one of space's commands is told below their list", async () => {
    const { code, err } = await attune(folder(), ["space"]);
    expect(code).toBe(2);
    expect(err).toContain("attune: attune space takes one of the commands above\nSee attune space --help.");
  });

  it("shows its stack when asked", async () => {
    const { err } = await attune(folder(), ["run", "nothing.yaml"], { ATTUNE_DEBUG: "1" });
    expect(err).toMatch(/^ +at /m);
  });

  it("leaves a file that is no storage as it is", async () => {
    const cwd = folder({ "notes.txt": "my notes\n".repeat(1000) });
    for (const words of [["show"], ["run", "--minimize", "loss", "--", NODE, "{x: 1..2}"]]) {
      const { code, err } = await attune(cwd, words, { ATTUNE_STORAGE: "notes.txt" });
      expect(code).toBe(3);
      expect(err).toContain("notes.txt");
    }
    expect(readFileSync(join(cwd, "notes.txt"), "utf8")).toBe("my notes\n".repeat(1000));
  });
});

describe("a program that fails", () => {
  const fail = (script: string) => [
    "run",
    "--minimize",
    "loss",
    "--trials",
    "4",
    "--",
    NODE,
    "-e",
    script,
    "{x: 1..9}",
  ];

  it("ends the run after three equal failures, with the cause", async () => {
    const cwd = folder();
    const run = await attune(cwd, fail("console.error('no data set'); process.exit(3)"));
    expect(run.code).toBe(1);
    expect(run.err).toContain("exit code 3: no data set");
    expect(run.err).toContain("failed  as trial 0");
    expect(run.err).toContain("--keep-going");
    expect(run.out).toContain("failed   3 of 3: 3 × ended with an error code");
    expect((await attune(cwd, ["best"])).code).toBe(1);
    const insisting = fail("process.exit(3)").toSpliced(1, 0, "--keep-going", "--study", "insisting", "--json");
    const kept = await attune(cwd, insisting);
    expect(kept.code).toBe(1);
    expect(JSON.parse(kept.out)).toMatchObject({ reason: "trials", trialsSpent: 4, best: null });
  });

  it("is told from one that prints another metric, or NaN", async () => {
    const cwd = folder();
    const other = await attune(cwd, fail("console.log('accuracy=0.5')"));
    expect(other.err).toContain("accuracy");
    const nan = fail("console.log('loss=nan')").toSpliced(1, 0, "--study", "nan");
    expect((await attune(cwd, nan)).out).toContain("3 × NaN as metric");
  });
});

describe("a reader that goes away", () => {
  it("ends a listing silently", async () => {
    const cwd = folder();
    const many = Array.from({ length: 300 }, (_, x) => x);
    const file = JSON.stringify({ minimize: "loss", space: { x: { choice: many } } });
    const { writeFileSync } = await import("node:fs");
    writeFileSync(join(cwd, "many.json"), file);
    await attune(cwd, ["ask", "many.json"]);
    const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
    const script = `"${NODE}" "${main}" trials --help | true; "${NODE}" "${main}" trials --json | head -c 1`;
    const shell = spawn("sh", ["-c", script], { cwd });
    let err = "";
    shell.stderr.on("data", (chunk) => {
      err += chunk;
    });
    await new Promise((resolve) => shell.on("close", resolve));
    expect(err).toBe("");
  });
});
