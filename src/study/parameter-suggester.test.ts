import { expect, it } from "vitest";
import type { DefineByRun } from "../space/index.ts";
import { createStudy } from "./create-study.ts";

const BEST = 0.3;
const TRIALS = 120;

/** How far from the best each trial's values are, where a function asks for them with these bounds. */
async function distances(sampler: string, highs: (trial: number) => number): Promise<readonly number[]> {
  const study = await createStudy({ name: "s", minimize: "loss", sampler, seed: 4 });
  await study.optimize(
    (trial: DefineByRun & { readonly number: number }) => {
      const x = trial.float("x", 0, highs(trial.number));
      const kind = trial.choice("kind", ["a", "b", "c"]);
      return Math.abs(x - BEST) + (kind === "b" ? 0 : 0.2);
    },
    { trials: TRIALS },
  );
  return study.trials().map(({ values }) => values.loss as number);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

it.each([
  ["the same in each trial", () => 1],
  ["others in each trial", (trial: number) => 1 + (trial % 3) / 10],
])("parameters that a program asks for are searched by the sampler's model, their bounds %s", async (_what, highs) => {
  const searched = await distances("tpe", highs);
  const drawn = await distances("random", highs);
  expect(median(searched.slice(-60))).toBeLessThan(median(drawn) / 3);
});
