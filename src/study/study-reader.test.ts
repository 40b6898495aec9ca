import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy, openStudy } from "./create-study.ts";

it("answers what is known of a study, as of the last command or refresh", async () => {
  const storage = await openStorage(":memory:");
  const given = { name: "s", minimize: "loss", sampler: "random", seed: 7, storage } as const;
  const study = await createStudy({ ...given, space: { x: float(0, 1) }, limits: ["ms <= 9"] });
  expect(study).toMatchObject({ length: 0, revision: 1, trialsSpent: 0, requested: null, spaceVersion: 1 });
  await study.optimize(({ number }) => ({ loss: number, ms: 2 }), { trials: 3 });
  await study.enqueue({ x: 0.5 });
  await study.setAttribute(null, "note", "mine");
  await study.editSpace({ set: { x: float(0, 2) } });
  await study.request("pause");
  expect(study).toMatchObject({
    ...{ id: study.id, name: "s", seed: 7, location: ":memory:", length: 4, trialsSpent: 3, spaceVersion: 2 },
    ...{ limits: ["ms <= 9"], metrics: [{ name: "loss", direction: "minimize" }], heldOut: [], unaccepted: [] },
    ...{ attributes: { note: '"mine"' }, requested: { request: "pause" }, definition: { name: "s", seed: 7 } },
    ...{ settings: { sampler: { name: "random" } }, costs: { fullRuns: 3 } },
  });
  expect(study.space.parameters).toMatchObject([{ name: "x", high: 2 }]);
  expect([...study.measured].sort()).toEqual(["loss", "ms"]);
  expect(study.trials().map(({ number, state }) => [number, state])).toEqual([
    [0, "complete"],
    [1, "complete"],
    [2, "complete"],
    [3, "waiting"],
  ]);
  expect(study.views().map(({ number }) => number)).toEqual([0, 1, 2, 3]);
  expect([study.view(2)?.number, study.view(9), study.trial(2).values]).toEqual([2, undefined, { loss: 2, ms: 2 }]);
  expect([...study.list().inState("complete")].map(({ number }) => number)).toEqual([0, 1, 2]);
  expect(study.list()).toHaveProperty("metricNames");
  expect(Array.isArray(study.health())).toBe(true);
  expect(study.revision).toBe(await storage.revision(study.id));
  const plain = await createStudy({ ...given, name: "plain", space: { x: float(0, 1) } });
  expect([plain.limits, plain.attributes, plain.explainScheduler()]).toEqual([[], {}, null]);
});

it("tells what others did once it is asked to read it", async () => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    sampler: "random",
    space: { x: float(0, 1) },
    storage,
  });
  const other = await openStudy({ name: "s", storage });
  await study.optimize(() => 1, { trials: 1 });
  const before = other.revision;
  await other.refresh();
  expect(other.revision).toBeGreaterThan(before);
  expect(other.trial(0).state).toBe("complete");
});
