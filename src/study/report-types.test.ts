import { expect, it } from "vitest";
import { createStudy, float, type TrialHandle } from "../index.ts";

const space = { x: float(0, 1) };

it("a report of one objective is a number, or values by name, of the objective among them", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space });
  await study.optimize(
    async (trial) => {
      await trial.report(1, 0.5);
      await trial.report(2, { loss: 0.5, accuracy: 0.7 });
      // @ts-expect-error a name that is no objective's
      await trial.report(3, { lss: 0.5 });
      // @ts-expect-error a value that is no number
      expect(() => trial.report(4, { loss: "0.5" })).toThrow("trial.report got");
      return 1;
    },
    { trials: 1 },
  );
  const asked = await study.ask();
  await asked.report(1, 0.5);
  await asked.report(2, { loss: 0.5, accuracy: 0.7 });
  // @ts-expect-error a name that is no objective's
  await asked.report(3, { lss: 0.5 });
  // @ts-expect-error nor can it be told
  await expect(study.tell(asked, { lss: 0.5 })).rejects.toThrow("No value for loss was told");
  await study.close();
});

it("a report of several objectives names some of them, and is no number alone", async () => {
  const study = await createStudy({ name: "s", minimize: ["loss", "ms"], space, sampler: "random" });
  await study.optimize(
    async (trial) => {
      await trial.report(1, { ms: 3, watts: 7 });
      // @ts-expect-error a name that is no objective's
      await trial.report(2, { millis: 3 });
      // @ts-expect-error of which it would be is not said
      expect(() => trial.report(3, 0.5)).toThrow("the study has 2 objectives");
      return { loss: 1, ms: 2 };
    },
    { trials: 1 },
  );
  const asked = await study.ask();
  // @ts-expect-error of which it would be is not said
  await expect(asked.report(1, 0.5)).rejects.toThrow("the study has 2 objectives");
  // @ts-expect-error a name that is no objective's
  await asked.report(1, { millis: 3 });
  // @ts-expect-error two objectives by names that are none
  await expect(study.tell(asked, { los: 3 })).rejects.toThrow(/No values? for loss/);
  // @ts-expect-error one of two
  await expect(study.tell(asked, { loss: 3 })).rejects.toThrow(/for ms/);
  // @ts-expect-error of which it would be is not said
  await expect(study.tell(asked, 3)).rejects.toThrow("2 objectives");
  await study.tell(asked, { loss: 3, ms: 4, watts: 7 });
  await study.close();
});

it("a function that was written for any study takes names of all kinds", async () => {
  const train = async ({ params, report }: TrialHandle<{ readonly x: number }>): Promise<number> => {
    await report(1, { whatever: params.x });
    return params.x;
  };
  const study = await createStudy({ name: "s", minimize: "loss", space });
  expect(await study.optimize(train, { trials: 1 })).toMatchObject({ reason: "trials" });
  await study.close();
});
