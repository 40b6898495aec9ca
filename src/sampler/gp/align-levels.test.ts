import { expect, it } from "vitest";
import { alignLevels } from "./align-levels.ts";

/** [trial, level, value] each. */
const aligned = (...rows: readonly (readonly [number, number, number])[]) => [
  ...alignLevels(
    Float64Array.from(rows, ([, , value]) => value),
    rows.map(([, level]) => level),
    rows.map(([trial]) => trial),
  ),
];

it("leaves whole runs, and runs of one length, as they are", () => {
  expect(aligned([0, 0, 3], [1, 0, 5])).toEqual([3, 5]);
  expect(aligned([0, 2, 3], [1, 2, 5])).toEqual([3, 5]);
});

it("moves a level by the median of what trials gained from it to the next that they were run at", () => {
  expect(aligned([0, 1, 9], [0, 0, 1], [1, 1, 8], [1, 0, 2], [2, 1, 7], [2, 0, -50], [3, 1, 6])).toEqual([
    1, 1, 0, 2, -1, -50, -2,
  ]);
  expect(aligned([0, 1, 9], [0, 0, 1], [1, 1, 8], [1, 0, 2], [2, 1, 7])).toEqual([2, 1, 1, 2, 0]);
});

it("goes level by level, and moves one without such trials as the one above it", () => {
  expect(aligned([0, 2, 20], [0, 1, 9], [1, 1, 8], [1, 0, 2], [2, 3, 30])).toEqual([3, 3, 2, 2, 13]);
});

it("gives no value that is none", () => {
  expect(aligned([0, 1, -1.7e308], [0, 0, 1.7e308], [1, 1, 5])).toEqual([-1.7e308, 1.7e308, 5]);
});
