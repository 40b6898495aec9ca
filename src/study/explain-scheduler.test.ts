import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { createStudy } from "./create-study.ts";
import { explainScheduler } from "./explain-scheduler.ts";

it("says what a scheduler goes by, where it has something to say and is known", async () => {
  const open = (scheduler: string) =>
    createStudy({ name: "s", minimize: "loss", scheduler, sampler: "random", space: { x: float(0, 1) } });
  const auto = await open("auto");
  expect(auto.explainScheduler()).toBe("none so far: no trial is complete yet");
  await auto.optimize(
    async ({ params, report }) => {
      for (let step = 1; step <= 5; step++) await report(step, params.x + 1 / step);
      return params.x;
    },
    { trials: 4 },
  );
  expect(auto.explainScheduler()).toMatch(/^median: trials tell loss at 5 steps/);
  await auto.close();
  const median = await open("median");
  expect(median.explainScheduler()).toBeNull();
  const known = { state: { settings: { scheduler: { name: "of-another-process", options: {} } }, metrics: [] } };
  expect(explainScheduler(known as never)).toBeNull();
  await median.close();
});
