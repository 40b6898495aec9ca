import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { attune, folder, trials } from "./attune.ts";

const PYTHON = `
from attune_trial import params, report, should_stop
p = params({"lr": 0.5, "other": "mine"})
assert p["other"] == "mine" and not should_stop()
for epoch in range(1, 4):
    report(epoch, val_loss=p["lr"] / epoch, acc=1)
`;
const NODE = `
import { params, report, shouldStop } from "./attune-trial.mjs";
const p = params({ lr: 0.5, other: "mine" });
if (p.other !== "mine" || shouldStop()) process.exit(1);
for (const epoch of [1, 2, 3]) report(epoch, { val_loss: p.lr / epoch, acc: 1 });
`;
const SHELL = `
. ./attune-trial.sh
lr=$(attune_param lr 0.5)
[ "$(attune_param other mine)" = mine ] || exit 1
attune_should_stop && exit 1
for epoch in 1 2 3; do
  attune_report "$epoch" "val_loss=$(awk "BEGIN { print $lr / $epoch }")" acc=1
done
`;
const LANGUAGES = [
  ["python", "attune_trial.py", "t.py", PYTHON, "python3"],
  ["node", "attune-trial.mjs", "t.mjs", NODE, process.execPath],
  ["shell", "attune-trial.sh", "t.sh", SHELL, "sh"],
] as const;

function needs(program: string, context: TestContext): void {
  try {
    execFileSync(program, ["-c", ""], { stdio: "ignore" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || process.env.CI) throw error;
    context.skip(`there is no ${program} here`);
  }
}

/** A program with its helper beside it. */
async function prepared(language: string, file: string, script: string, text: string): Promise<string> {
  const cwd = folder({ [script]: text });
  const helper = await attune(cwd, ["helper", language]);
  expect(helper.code).toBe(0);
  writeFileSync(join(cwd, file), helper.out);
  return cwd;
}

describe.each(LANGUAGES)("the helper for %s", (language, file, script, text, program) => {
  it("gives the trial's values and reports steps", async (context) => {
    if (language === "python") needs(program, context);
    const cwd = await prepared(language, file, script, text);
    const words = ["run", "--minimize", "val_loss", "--trials", "2", "--param", "lr=0.3..0.9", "--", program, script];
    expect((await attune(cwd, words)).code).toBe(0);
    for (const { params, values } of await trials(cwd, "t")) {
      const { lr } = params as { lr: number };
      expect((values as { val_loss: number }).val_loss).toBeCloseTo(lr / 3, 4);
    }
  });

  it("works alone, writes reports as JSON lines, and sees the stop file", async (context) => {
    if (language === "python") needs(program, context);
    const cwd = await prepared(language, file, script, text);
    const { ATTUNE_PARAMS: _, ATTUNE_REPORT_FILE: __, ATTUNE_STOP_FILE: ___, ...env } = process.env;
    const alone = execFileSync(program, [script], { cwd, env, encoding: "utf8" });
    expect(alone.split("\n")[0]).toMatch(/^step=1 val_loss=0\.5 acc=1(\.0)?$/);
    const reports = { ...env, ATTUNE_REPORT_FILE: join(cwd, "r.jsonl") };
    expect(execFileSync(program, [script], { cwd, env: reports, encoding: "utf8" })).toBe("");
    const lines = execFileSync("cat", [join(cwd, "r.jsonl")], { encoding: "utf8" })
      .trim()
      .split("\n");
    const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(read.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(Number(read[1]!.val_loss)).toBe(0.25);
    const stopped = { ...env, ATTUNE_STOP_FILE: join(cwd, "stop") };
    writeFileSync(join(cwd, "stop"), "");
    expect(() => execFileSync(program, [script], { cwd, env: stopped, stdio: "pipe" })).toThrow();
  });
});

describe("attune helper", () => {
  it("names the languages there are", async () => {
    const { code, err } = await attune(folder(), ["helper", "pyhton"]);
    expect(code).toBe(2);
    expect(err).toContain('python, node, shell. Did you mean "python"?');
  });
});
