import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { createStudy } from "./create-study.ts";

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
