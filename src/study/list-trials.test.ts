import { expect, it } from "vitest";
import { listTrials } from "./list-trials.ts";

const odd = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => 2 * k + 1);

it.each([
  [[0], "trial 0"],
  [[1, 2], "trials 1 and 2"],
  [[1, 2, 3], "trials 1-3"],
  [[3, 5, 6, 7, 8, 12], "trials 3, 5-8 and 12"],
  [[0, 1, 4, 5, 6], "trials 0, 1 and 4-6"],
  [odd(12), "trials 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 and 23"],
  [odd(14), "trials 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 and 3 more"],
])("%j", (numbers, text) => expect(listTrials(numbers)).toBe(text));
