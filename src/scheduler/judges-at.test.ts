import { expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { judgesAt } from "./judges-at.ts";

/** Which of these steps, reported one after the other, are judged. */
function judged(steps: readonly number[], warmup: number, interval: number): readonly number[] {
  const reports = steps.map((step, seq) => ({ seq, step, values: { loss: 1 } }));
  const trial = makeTrial(0, 0, { params: {}, reports });
  return reports.filter((report) => judgesAt(trial, report, warmup, interval)).map(({ step }) => step);
}

it.each([
  [[1, 2, 3], 0, 1, [1, 2, 3]],
  [[1, 2, 3, 4, 5, 6], 2, 3, [2, 5]],
  [[10, 11, 20, 39, 40, 41], 0, 20, [10, 20, 40]],
  [[0.5, 0.75, 1, 1.25], 0, 0.5, [0.5, 1]],
  [[1, 3, 100], 2, 10, [3, 100]],
])("of steps %j, from %i on every %i, judges %j", (steps, warmup, interval, expected) =>
  expect(judged(steps, warmup, interval)).toEqual(expected),
);
