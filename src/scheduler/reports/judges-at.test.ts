import { expect, it } from "vitest";
import { judgesAt } from "./judges-at.ts";

/** Which of these steps, reported one after the other, are judged. */
function judged(steps: readonly number[], warmup: number, interval: number): readonly number[] {
  return steps.filter((step, k) => judgesAt(step, steps[k - 1] ?? null, warmup, interval));
}

it.each([
  [[1, 2, 3], 0, 1, [1, 2, 3]],
  [[1, 2, 3, 4, 5, 6], 2, 3, [2, 5]],
  [[10, 11, 20, 39, 40, 41], 0, 20, [10, 20, 40]],
  [[0.5, 0.75, 1, 1.25], 0, 0.5, [0.5, 1]],
  [[1, 3, 100], 2, 10, [3, 100]],
  [[1, 1, 2, 1, 2, 3], 0, 1, [1, 2, 2, 3]],
  [[0.1, 0.2, 0.3, 0.4], 0, 0.1, [0.1, 0.2, 0.3, 0.4]],
  [[3e9, 3e9 + 1, 4e9], 0, 1e9, [3e9, 4e9]],
])("of steps %j, from %f on every %f, judges %j", (steps, warmup, interval, expected) =>
  expect(judged(steps, warmup, interval)).toEqual(expected),
);
