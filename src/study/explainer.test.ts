import { describe, expect, it } from "vitest";
import { registerSampler } from "../sampler/registry.ts";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { Explainer } from "./explainer.ts";
import { StudyLog } from "./study-log.ts";

const space = { x: float(0, 1) };
let offset = 0;
/** Suggests by the number of trials that it sees, those pending among them. */
registerSampler({
  name: "seeing",
  create: () => ({
    name: "seeing",
    needsView: true,
    suggest: (view, { number }, count) =>
      Array.from({ length: count }, (_, k) => ({
        params: { x: ((view.rows.length + view.pending.length + k) % 10) / 10 + offset },
        why: { kind: "random", number } as never,
      })),
  }),
});

describe("how a trial came to be suggested", () => {
  it("is computed again from what its sampler saw, with those before it in its batch", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "seeing", seed: 1 });
    await study.enqueue({ x: 0.9 });
    await study.optimize(({ params }) => params.x, { trials: 14, workers: 5 });
    const batches = study.trials().map(({ suggestion }) => suggestion?.batchFirst);
    // Some were proposed together.
    expect(new Set(batches).size).toBeLessThan(batches.length - 1);
    const numbers = study.trials().map(({ number }) => number);
    const found = await study.why(numbers);
    expect(found.map(({ trial, equal }) => [trial, equal])).toEqual(numbers.map((number) => [number, true]));
    expect(found[0]).toEqual({ trial: 0, sampler: null, why: null, equal: true });
    expect(found[3]).toMatchObject({ sampler: "seeing", why: { number: 3 } });
    expect(await study.why([7, 2])).toEqual([found[7], found[2]]);
    expect(await study.why(7)).toEqual(found[7]);
  });

  it("is no reason where it is suggested otherwise by now", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "seeing", seed: 1 });
    await study.optimize(({ params }) => params.x, { trials: 3 });
    offset = 0.05;
    try {
      expect(await study.why(2)).toEqual({ trial: 2, sampler: "seeing", why: null, equal: false });
    } finally {
      offset = 0;
    }
  });

  it("goes by the sampler and the space that there were then", async () => {
    const storage = await openStorage(":memory:");
    const given = { name: "s", minimize: "loss", storage, seed: 1 } as const;
    const study = await createStudy({ ...given, space, sampler: "random" });
    await study.optimize(({ params }) => params.x, { trials: 2 });
    await study.editSpace({ set: { x: float(0, 8) } });
    await study.optimize(({ params }) => params.x, { trials: 4 });
    await study.editSpace({ set: { x: float(0, 9) } });
    await createStudy({ ...given, space: { x: float(0, 9) }, sampler: "seeing" });
    await study.refresh();
    await study.optimize(({ params }) => params.x, { trials: 6 });
    const log = await StudyLog.open(storage, study.id);
    const explainer = new Explainer(log);
    // Back and forth as well: what was made for one space is no other's.
    const names = [5, 0, 3, 1, 4, 2].map((number) => {
      const { sampler, equal } = explainer.explain(log.trial(number));
      return [number, sampler, equal];
    });
    expect(names).toEqual([5, 0, 3, 1, 4, 2].map((number) => [number, number > 3 ? "seeing" : "random", true]));
  });

  it("does not count what the program asked for against it, but what was offered", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1 });
    await study.optimize((trial) => trial.params.x + trial.float("y", 0, 1), { trials: 3 });
    expect(Object.keys(study.trial(1).params)).toEqual(["x", "y"]);
    expect((await study.why([0, 1, 2])).every(({ equal }) => equal)).toBe(true);
  });
});
