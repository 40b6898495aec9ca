import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createStudy, int } from "../../src/index.ts";
import { attune, folder, trials } from "./attune.ts";

/** Reports a loss at step 1; a bad one then goes on for ever, unless it is asked to end: by file (`file`) or by signal. */
const PROGRAM = `
level=$1 way=$2
[ "$way" = file ] && trap '' TERM
echo "step 1 loss=$level"
while [ "$level" -gt 5 ]; do
  [ "$way" = file ] && [ -e "$ATTUNE_STOP_FILE" ] && { echo "step 2 loss=$level"; exit 0; }
  sleep 0.05
done
echo "step 2 loss=$level"
`;

describe.each(["file", "signal"])("a trial that a scheduler stops, asked by %s", (way) => {
  it("is pruned, says why, and costs the run no more than that", async () => {
    const cwd = folder({
      "program.sh": PROGRAM,
      "s.json": JSON.stringify({
        minimize: "loss",
        sampler: "grid",
        scheduler: { name: "threshold", upper: 5, at: 1 },
        grace: way === "file" ? 100 : 2,
        space: { level: { choice: [1, 8, 3] } },
        command: ["sh", "program.sh", "${level}", way],
      }),
    });
    const run = await attune(cwd, ["run", "s.json"]);
    expect(run.code).toBe(0);
    const list = await trials(cwd, "s");
    const of = (level: number) => list.find(({ params }) => (params as { level: number }).level === level);
    expect(of(1)).toMatchObject({ state: "complete", values: { loss: 1 } });
    expect(of(8)).toMatchObject({ state: "pruned", outcome: "stopped", values: { loss: 8 } });
    expect(of(8)!.message).toMatch(/^at step 1: loss 8 is above 5/);
    expect((await attune(cwd, ["show"])).out).toContain("2 complete, 1 stopped early");
  });
});

it("the median rule stops functions that look whether they should end", async () => {
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { level: int(0, 9) },
    sampler: "random",
    scheduler: { name: "median", startup: 2 },
    storage: join(folder(), "s.db"),
  });
  const levels = [1, 2, 9, 0];
  await study.optimize(
    async (trial) => {
      const level = levels[trial.number]!;
      trial.report(1, level);
      while (level > 5 && !trial.shouldStop()) await new Promise(setImmediate);
      return level;
    },
    { trials: 4 },
  );
  expect(study.trials().map(({ state }) => state)).toEqual(["complete", "complete", "pruned", "complete"]);
  expect(study.trial(2).message).toMatch(/where the median of 2 complete trials was 1\.5$/);
  await study.close();
});

it("curve stops functions whose course leads nowhere, says how likely that was, and is decided the same again", async () => {
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { level: int(0, 9) },
    sampler: "random",
    scheduler: { name: "curve", startup: 3 },
    storage: join(folder(), "s.db"),
  });
  const levels = [1, 1.2, 1.1, 9, 0.5];
  await study.optimize(
    async (trial) => {
      const level = levels[trial.number]!;
      for (let step = 1; step <= 12; step++) {
        await trial.report(step, level + 1 / step);
        while (level > 5 && step === 8 && !trial.shouldStop()) await new Promise(setImmediate);
        if (trial.shouldStop()) break;
      }
      return level;
    },
    { trials: 5 },
  );
  expect(study.trials().map(({ state }) => state)).toEqual(["complete", "complete", "complete", "pruned", "complete"]);
  expect(study.trial(3).message).toMatch(
    /^at step \d: loss [\d.]+, (?:less than 0\.1|[\d.]+) % likely to come to 1 by step 12, the best of 3 trials$/,
  );
  expect((await study.replay()).decisions).toMatchObject({ differences: [] });
  await study.close();
});

describe("goals on the command line", () => {
  const words = ["run", "--maximize", "acc", "--sampler", "grid", "--study", "s"];
  const program = ["--", "sh", "-c", "echo acc=$(({x: 1..9}))"];

  it("end the study, and the same command with another one goes on", async () => {
    const cwd = folder();
    const first = await attune(cwd, [...words, "--target", "1", ...program]);
    expect(first.code).toBe(0);
    expect(first.err).toMatch(/The target is reached: trial 0 has acc \d/);
    const second = await attune(cwd, [...words, "--patience", "9", "--json", ...program]);
    expect(JSON.parse(second.out)).toMatchObject({ reason: "exhausted", trialsSpent: 9 });
  });

  it("begin nothing while the disk is too full", async () => {
    const run = await attune(folder(), [...words, "--min-free", "1000TB", ...program]);
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/are free on the disk of .*no new trial begins/);
    expect(await attune(folder(), [...words, "--target", "soon", ...program])).toMatchObject({ code: 2 });
  });
});
