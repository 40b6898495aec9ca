import { expect, it } from "vitest";
import { float, int } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import { createStudy } from "./create-study.ts";
import { PagedStudy } from "./paged-study.ts";

it("says of a study what the study says, and gives a trial's values as its program got them", async () => {
  const storage = new MemoryStorage();
  const space = { x: float(0, 1), units: int(1, 4), layers: int(1, 3, { when: "units in [3, 4]" }) };
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 5, storage });
  await study.optimize(({ params }) => params.x, { trials: 12 });
  const paged = await PagedStudy.open(storage, "s");
  expect(paged).toMatchObject({ name: "s", seed: 5, length: 12, metrics: study.metrics });
  const { trials } = await paged.page({ limit: 20 } as never);
  expect(trials).toHaveLength(12);
  for (const trial of trials) {
    expect(paged.programParams(trial)).toEqual(study.programParams(trial.number));
    expect(Object.keys(paged.programParams(trial))).toEqual(expect.arrayContaining(["x", "units"]));
  }
});

it("refuses a study that there is not, with the nearest name", async () => {
  const storage = new MemoryStorage();
  await createStudy({ name: "digits", minimize: "loss", space: { x: float(0, 1) }, storage });
  await expect(PagedStudy.open(storage, "digist")).rejects.toMatchObject({
    code: "unknown-study",
    message: expect.stringContaining("digits"),
  });
});

it("says all that is in force by now, and what was kept beside the trials", async () => {
  const storage = new MemoryStorage();
  const given = { name: "s", minimize: "loss", sampler: "random", storage } as const;
  const study = await createStudy({ ...given, space: { x: float(0, 1) } });
  await study.optimize(({ params }) => ({ loss: params.x, ms: 1 }), { trials: 2 });
  await study.editSpace({ set: { x: float(0, 2) } });
  await study.editSpace({ add: { n: int(1, 3) }, was: { n: 2 } });
  await createStudy({ ...given, space: { x: float(0, 2), n: int(1, 3) }, limits: ["ms <= 5"] });
  await study.editObjectives({ minimize: "ms" });
  const paged = await PagedStudy.open(storage, "s");
  expect(paged).toMatchObject({ id: study.id, location: ":memory:", length: 2 });
  expect(paged.space.parameters).toMatchObject([{ name: "x", high: 2 }, { name: "n" }]);
  expect(paged.settings).toMatchObject({ limits: ["ms <= 5"], sampler: { name: "random" } });
  expect(paged.metrics.map(({ name }) => name)).toEqual(["loss", "ms"]);
  expect([...paged.measured].sort()).toEqual(["loss", "ms"]);
  expect(paged.heldOut).toEqual([]);
  expect(paged.programParams(study.trial(0))).toEqual(study.programParams(0));
  // Another space came in between.
  expect(study.trial(0).spaceVersion).toBe(1);
});
