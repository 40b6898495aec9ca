import { describe, expect, it } from "vitest";
import { bestResults } from "./best-results.ts";
import type { TrialResult } from "./result-reader.ts";

const results = (points: readonly (readonly number[])[]): readonly TrialResult[] =>
  points.map((point, trial) => ({
    ...{ trial, row: trial, kind: "complete" as const, isAtRung: false, step: Number.NaN, excesses: [] },
    point: Float64Array.from(point),
  }));

function best(
  points: readonly (readonly number[])[],
  wanted: number,
  goals: readonly number[] | null = null,
  references: readonly number[] | null = null,
) {
  const listOf = (numbers: readonly number[] | null) => (numbers === null ? null : Float64Array.from(numbers));
  const found = bestResults(results(points), wanted, { goals: listOf(goals), references: listOf(references) });
  return found.map(({ trial }) => trial);
}

const NONE = Number.NEGATIVE_INFINITY;

describe("bestResults", () => {
  it("takes fronts one after the other", () => {
    expect(
      best(
        [
          [3, 3],
          [1, 2],
          [2, 1],
          [2, 2],
        ],
        3,
      ),
    ).toEqual([1, 2, 3]);
  });

  it("takes what is better than all references before what is not, whatever front that is on", () => {
    const points = [
      [0, 9],
      [2, 2],
      [3, 3],
      [9, 0],
    ];
    expect(best(points, 3)).toEqual([0, 1, 3]);
    expect(best(points, 2, null, [5, 5])).toEqual([1, 2]);
    expect(best(points, 3, null, [5, Number.POSITIVE_INFINITY])).toEqual([0, 1, 2]);
    expect(best(points, 4, null, [-1, -1])).toEqual([0, 1, 3, 2]);
  });

  it("thins a front by the hypervolume up to the references", () => {
    const points = [
      [0, 1],
      [0.5, 0.5],
      [0.65, 0.35],
      [1, 0],
    ];
    expect(best(points, 2, null, [100, 100])).toEqual([0, 1]);
    // Near the reference the ends add next to nothing.
    expect(best(points, 2, null, [1.001, 1.001])).toEqual([1, 2]);
  });

  it("counts nothing beyond a goal", () => {
    const points = [
      [0.5, 9],
      [1, 8],
      [3, 7],
    ];
    expect(best(points, 3)).toEqual([0, 1, 2]);
    // Trial 0 is better than the goal, where trial 1 is as good, and worse elsewhere.
    expect(best(points, 2, [1, NONE])).toEqual([1, 2]);
  });

  it("tells those that are alike by goals apart by their raw values", () => {
    const points = [
      [0.9, 0.9],
      [0.5, 0.5],
      [0.4, 0.6],
      [2, 0.1],
    ];
    expect(best(points, 2, [1, 1])).toEqual([1, 2]);
    expect(best(points, 4, [1, 1])).toEqual([1, 2, 0, 3]);
  });

  it("thins out many that are alike by goals", () => {
    const points = Array.from({ length: 20 }, (_none, k) => [k / 20, 1 - k / 20]);
    expect(best(points, 5, [2, 2])).toHaveLength(5);
  });
});
