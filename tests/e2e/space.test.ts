import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { attune, folder, trials } from "./attune.ts";

const FILE = `
minimize: loss
seed: 3
trials: 3
space:
  epochs: 1..20
  batch: 16 | 32 | 64
  steps: ":= epochs * 640 / batch"
where: [batch * epochs <= 512]
command: [sh, -c, 'echo loss=$0; test "$ATTUNE_PARAM_STEPS" = "$0"', "\${steps}"]
`;

describe("attune space", () => {
  it("describes and samples a study file's space", async () => {
    const cwd = folder({ "study.yaml": FILE });
    const [tree, samples, again] = await Promise.all([
      attune(cwd, ["space", "describe", "study.yaml"]),
      attune(cwd, ["space", "sample", "study.yaml", "--count", "300", "--json"]),
      attune(cwd, ["space", "sample", "study.yaml", "--count", "2", "--json", "--seed", "1"]),
    ]);
    expect(tree.out).toContain("steps  := epochs * 640 / batch");
    expect(tree.out).toContain("of the box satisfies 1 constraint");
    const drawn = samples.out.trim().split("\n");
    expect(drawn).toHaveLength(300);
    for (const { epochs, batch } of drawn.map((line) => JSON.parse(line))) expect(epochs * batch).toBeLessThan(513);
    expect(again.out.split("\n")[0]).not.toBe(drawn[0]);
  });
});

describe("a nearly empty space", () => {
  it("is told of with its constraint before the first trial, and tuned all the same", async () => {
    const where = "where: [a + b > 0.1, a * b < 1e-6]\n";
    const cwd = folder({
      "study.yaml": `minimize: loss\ntrials: 2\nspace: {a: 0..1.0, b: 0..1.0}\n${where}command: [sh, -c, "echo loss=$0", "\${a}"]\n`,
    });
    const checked = await attune(cwd, ["space", "check", "study.yaml"]);
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('The constraint "a * b < 1e-6" leaves the least');
    const ran = await attune(cwd, ["run", "study.yaml"]);
    expect(ran.code).toBe(0);
    const said = ran.err.indexOf("The space is nearly empty: of the configurations in its ranges about 1 in ");
    expect(said).toBeGreaterThan(-1);
    expect(said).toBeLessThan(ran.err.indexOf("trial   0"));
    expect((await attune(cwd, ["run", "study.yaml", "--trials", "3"])).err).not.toContain("nearly empty");
  });
});

describe("attune run --dry-run", () => {
  it("prints what the run then runs, and creates nothing", async () => {
    const cwd = folder({ "study.yaml": FILE });
    const dry = await attune(cwd, ["run", "study.yaml", "--dry-run"]);
    expect(dry.code).toBe(0);
    expect(readdirSync(cwd)).toEqual(["study.yaml"]);
    const run = await attune(cwd, ["run", "study.yaml", "--quiet"]);
    expect(run.code).toBe(0);
    const ran = await trials(cwd, "study");
    expect(ran.map(({ state }) => state)).toEqual(["complete", "complete", "complete"]);
    const steps = ran
      .map(({ params }) => params as Record<string, number>)
      .map((params) => (Number(params.epochs) * 640) / Number(params.batch));
    expect(
      dry.out
        .trim()
        .split("\n")
        .map((line) => Number(line.split(" ").at(-1))),
    ).toEqual(steps);
    const before = await trials(cwd, "study");
    const more = await attune(cwd, ["run", "study.yaml", "--trials", "9", "--dry-run"]);
    expect(more.out.trim().split("\n")).toHaveLength(3);
    expect(more.out).not.toBe(dry.out);
    expect(await trials(cwd, "study")).toEqual(before);
  });
});
