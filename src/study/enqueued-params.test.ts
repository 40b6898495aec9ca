import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import { createStudy } from "./create-study.ts";
import { replicatedParams } from "./enqueued-params.ts";
import { StudyLog } from "./study-log.ts";

const open = () => createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, sampler: "random", seed: 3 });

it("refuses a name that is neither declared nor was ever asked for, and names what there is", async () => {
  const study = await open();
  await expect(study.enqueue({ x: 0.5, rate: 0.1 })).rejects.toMatchObject({
    code: "invalid-params",
    message: expect.stringMatching(/rate/),
  });
  expect(study.trials()).toEqual([]);
});

it("keeps what programs have asked for for them, and takes what is declared at once", async () => {
  const study = await open();
  await study.optimize((trial) => trial.float("rate", 0, 1), { trials: 1 });
  await study.enqueue({ x: 0.5, rate: 0.25 });
  expect(study.trial(1)).toMatchObject({ params: { x: 0.5 }, offered: { rate: 0.25 } });
  await study.optimize((trial) => trial.float("rate", 0, 1), { trials: 2 });
  expect(study.trial(1)).toMatchObject({ params: { x: 0.5, rate: 0.25 }, values: { loss: 0.25 } });
});

it("takes any name where nothing is declared", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", sampler: "random" });
  await study.enqueue({ anything: 7 });
  expect(study.trial(0)).toMatchObject({ params: {}, offered: { anything: 7 } });
});

it("runs a trial again by what it was given: declared and asked for apart, and nothing offered where nothing was asked", async () => {
  const storage = new MemoryStorage();
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    storage,
  });
  await study.optimize((trial) => (trial.number === 0 ? trial.params.x : trial.float("rate", 0, 1)), { trials: 2 });
  const log = await StudyLog.open(storage, study.id);
  const { x, rate, ...rest } = study.trial(1).params as Record<string, unknown>;
  expect(rest).toEqual({});
  expect(replicatedParams(log, log.trial(0))).toEqual({ params: study.trial(0).params });
  expect(replicatedParams(log, log.trial(0))).not.toHaveProperty("offered");
  expect(replicatedParams(log, log.trial(1))).toEqual({ params: { x }, offered: { rate } });
});
