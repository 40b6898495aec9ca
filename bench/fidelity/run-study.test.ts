import { describe, expect, it } from "vitest";
import type { OpenFidelityTask } from "./fidelity-task.ts";
import { type RunOutcome, runStudy } from "./run-study.ts";
import { smokeSuite } from "./smoke.ts";

const [EPOCHS, SHARES] = smokeSuite().tasks();
const plan = (scheduler: string, sampler: string, budget = 9) => ({
  scheduler: { name: scheduler, options: {} },
  sampler: { name: sampler, options: {} },
  ...{ seed: 1, budget },
});

/** The task, with a list of the runs that were made of it. */
async function watched(task: OpenFidelityTask) {
  const runs: { readonly key: string; readonly fidelity: number; readonly value: number }[] = [];
  const evaluate: OpenFidelityTask["evaluate"] = async (params, fidelity) => {
    const value = await task.evaluate(params, fidelity);
    runs.push({ key: JSON.stringify(params), fidelity, value });
    return value;
  };
  return { runs, task: { ...task, evaluate } };
}

const rest = ({ seconds: _, ...outcome }: RunOutcome) => outcome;

describe("a run of a study", () => {
  it.each([
    ["epochs", EPOCHS, 27],
    ["shares", SHARES, 1],
  ])("on %s at full fidelity is so many evaluations", async (_name, task, high) => {
    const { evaluations, spent, trials, incumbent } = await runStudy(await task!.open(), plan("none", "random"));
    expect({ evaluations, spent, trials }).toEqual({ evaluations: { [high]: 9 }, spent: 9, trials: 9 });
    expect(incumbent[0]![0]).toBe(1);
  });

  it("with promotion pays the difference where the task resumes, and the whole where it does not", async () => {
    for (const made of [EPOCHS!, SHARES!]) {
      const { runs, task } = await watched(await made.open());
      const { spent, evaluations, incumbent } = await runStudy(task, plan("asha", "random"));
      const { high } = task.space.fidelity;
      let units = 0;
      const reached = new Map<string, number>();
      // Each epoch of a trial is evaluated once, where it reports them.
      for (const { key, fidelity } of runs) {
        units += made === SHARES ? fidelity : fidelity - (reached.get(key) ?? 0);
        expect(fidelity).toBeGreaterThan(reached.get(key) ?? 0);
        reached.set(key, fidelity);
      }
      expect(spent).toBeCloseTo(units / high, 9);
      expect(spent).toBeGreaterThan(8);
      expect(Object.keys(evaluations).length).toBeGreaterThan(2);
      const full = runs.filter(({ fidelity }) => fidelity === high).map(({ value }) => value);
      expect(incumbent.at(-1)![1]).toBe(Math.max(...full));
      expect(incumbent.map(([cost]) => cost)).toEqual(incumbent.map(([cost]) => cost).toSorted((a, b) => a - b));
    }
  });

  it("stops on reports and pays as far as it came", async () => {
    const { runs, task } = await watched(await EPOCHS!.open());
    const { spent, evaluations, trials } = await runStudy(task, plan("median", "random", 12));
    expect(spent).toBeCloseTo(runs.length / 27, 9);
    expect(trials).toBeGreaterThan(12);
    expect(Object.values(evaluations).reduce((a, b) => a + b, 0)).toBe(trials);
  });

  it("is the same each time", async () => {
    const [one, two] = [
      await runStudy(await SHARES!.open(), plan("asha", "tpe")),
      await runStudy(await SHARES!.open(), plan("asha", "tpe")),
    ];
    expect(rest(two!)).toEqual(rest(one!));
  });
});
