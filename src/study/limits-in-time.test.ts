import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";

const BASE = { name: "s", minimize: ["loss"], space: { x: float(0, 1), y: float(0, 1) }, seed: 5 } as const;
const evaluate = ({ params: { x, y } }: { readonly params: { readonly x: number; readonly y: number } }) => ({
  loss: x + y,
  ms: 1 - x,
});

describe("limits of a living study", () => {
  it.each(["gp", "tpe", "nsga2", "nsga3", "auto"])(
    "belong by their version to what %s suggested, which replays whatever they are now",
    async (sampler) => {
      const storage = await openStorage(":memory:");
      const under = async (limits: readonly string[], trials: number) => {
        const study = await createStudy({ ...BASE, limits, sampler, storage });
        await study.optimize(evaluate, { trials });
        return study;
      };
      await under(["ms <= 0.6"], 22);
      await under(["ms <= 0.2", "loss <= 1.5"], 28);
      const study = await under([], 32);
      const versions = study.trials().map(({ suggestion }) => suggestion?.settingsVersion);
      expect(versions).toEqual([...Array(22).fill(1), ...Array(6).fill(2), ...Array(4).fill(3)]);
      expect(await study.replay()).toMatchObject({ checked: 32, differences: [], otherEngine: [] });
    },
  );

  it("name the trials that they stopped once they are none any more, and offer to run these to the end", async () => {
    const storage = await openStorage(":memory:");
    const under = async (limits: readonly string[]) =>
      await createStudy({
        ...BASE,
        minimize: ["loss"],
        limits,
        grows: limits.length > 0 ? ["ms"] : [],
        sampler: "random",
        storage,
      });
    const study = await under(["ms <= 20"]);
    await study.optimize(
      async (trial) => {
        const pace = [1, 30, 2, 40][trial.number]!;
        for (let step = 1; step <= 3; step++) await trial.report(step, { loss: pace, ms: step * pace });
        return { loss: pace, ms: 3 * pace };
      },
      { trials: 4 },
    );
    expect(study.trials().map(({ state }) => state)).toEqual(["complete", "pruned", "complete", "pruned"]);
    const { notices } = await under(["ms <= 200"]);
    expect(notices).toEqual([
      'The limits change from "ms <= 20" to "ms <= 200", for the trials so far as well.',
      'Trials 1 and 3 were stopped by "ms <= 20", which is no limit any more; enqueue their values to have them run to the end.',
    ]);
    await study.refresh();
    await study.enqueue(study.trial(1).params);
    await study.optimize(() => ({ loss: 0, ms: 90 }), { trials: 5 });
    expect(study.summary().winner?.number).toBe(4);
  });

  it("hold at once for all that ended, without another trial", async () => {
    const storage = await openStorage(":memory:");
    const values = [
      { loss: 1, ms: 30 },
      { loss: 2, ms: 20 },
      { loss: 3, ms: 10 },
    ];
    const study = await createStudy({ ...BASE, storage, sampler: "random" });
    await study.optimize(({ number }) => values[number]!, { trials: 3 });
    const winner = async (limits: readonly string[]) => {
      const now = await createStudy({ ...BASE, storage, limits });
      return now.summary().winner?.number;
    };
    expect(study.summary().winner?.number).toBe(0);
    expect(await winner(["ms <= 25"])).toBe(1);
    expect(await winner(["ms <= 15"])).toBe(2);
    expect(await winner(["ms <= 5"])).toBe(2);
    expect(await winner([])).toBe(0);
  });
});
