import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, TRAIN, trials } from "./attune.ts";

const node = JSON.stringify(process.execPath);
const FILE = `
minimize: loss
trials: 4
sampler: {name: grid, points: {lr: 2}}
storage: lab.db
space:
  lr: 1e-3..1e-1 log
  layers: {type: int, low: 2, high: 3}
command: [${node}, train.mjs, --lr, "\${lr}", --layers, "\${layers}"]
`;

describe("attune run study.yaml", () => {
  it("takes name, storage, grid and budget from the file", async () => {
    const cwd = folder({ "train.mjs": TRAIN, "digits.yaml": FILE });
    const run = await attune(cwd, ["run", "digits.yaml", "--json"]);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({
      study: "digits",
      storage: "lab.db",
      sampler: "grid",
      trialsSpent: 4,
      best: { params: { layers: 3 } },
    });
    expect(existsSync(join(cwd, "attune.db"))).toBe(false);
    expect((await attune(cwd, ["show", "digits.yaml"])).out).toContain("study    digits");
    const again = await attune(cwd, ["run", "digits.yaml"]);
    expect(again.code).toBe(0);
    expect(again.err).toContain("has its 4 trials already");
  });

  it("lets options win over the file", async () => {
    const cwd = folder({ "train.mjs": TRAIN, "digits.yaml": FILE });
    const words = ["digits.yaml", "--study", "other", "--trials", "2", "--sampler", "random", "--storage", "attune.db"];
    expect((await attune(cwd, ["run", ...words])).code).toBe(0);
    expect(await trials(cwd, "other")).toHaveLength(2);
  });

  it.each([
    ["trails: 5", "minimize: loss\ntrails: 5\n", 'study.yaml:2:1: Unknown key "trails". Did you mean "trials"?'],
    ["a bad range", "minimize: loss\nspace:\n  lr: 1e-1..\ncommand: [x]\n", "study.yaml:3:"],
    ["a bad condition", "space:\n  a: 1..2\n  b: 0..1 when c == 1\nminimize: loss\ncommand: [x]\n", "study.yaml:3:"],
    ["bad YAML", "space: [1,,2]\n", "study.yaml:1:11: This is not valid YAML"],
  ])("says where %s is", async (_, text, message) => {
    const cwd = folder({ "study.yaml": text });
    const run = await attune(cwd, ["run", "study.yaml"]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(message);
    expect(run.err).toContain("\n  ");
    expect(run.err).not.toContain("    at ");
  });

  it("says what is missing", async () => {
    const cwd = folder({ "a.yaml": "space: {x: 1..2}\nminimize: loss\n", "b.yaml": 'command: [echo, "{x: 1..2}"]\n' });
    const [a, b] = await Promise.all([attune(cwd, ["run", "a.yaml"]), attune(cwd, ["run", "b.yaml"])]);
    expect([a.code, b.code]).toEqual([2, 2]);
    expect(a.err).toContain("has no program to run");
    expect(b.err).toContain("No metric is given");
  });
});
