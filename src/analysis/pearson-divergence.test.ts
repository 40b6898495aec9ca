import { expect, it } from "vitest";
import { pearsonDivergence } from "./pearson-divergence.ts";

const EVEN = Array.from({ length: 20 }, (_, k) => (k + 0.5) / 20);

// NumPy 2.4: kernels as a matrix over the bins' centres, Scott's rule from std(ddof=1) and quantile(method="lower").
it.each<readonly [readonly number[], readonly number[], number, boolean, number]>([
  [[0.025, 0.075, 0.125, 0.175, 0.225], EVEN, 50, true, 2.47628137815799],
  [[0.025, 0.075, 0.525, 0.575, 0.625, 0.675, 0.725, 0.775], EVEN, 50, true, 0.04759166286465865],
  [[0.375], EVEN, 50, true, 18.961637394293362],
  [[0.5, 0.5, 0.5, 0.5, 0.9], [...EVEN, ...Array.from({ length: 9 }, () => 0.5)], 50, true, 0.2101829951380292],
  [[0, 0, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5], 3, false, 0.47777777777777786],
  [[0.175], EVEN, 50, true, 18.961637394293366],
  [[0.0, 0.25, 1.0], [0, 0.25, 0.5, 0.75, 1.0], 4, false, 0.38888888888888884],
])("of %j from %j over %i bins, smooth %s", (some, all, bins, smooth, expected) => {
  expect(pearsonDivergence(some, all, bins, smooth)).toBeCloseTo(expected, 12);
});

it("is 0 of all from itself", () => {
  for (const smooth of [true, false]) expect(pearsonDivergence(EVEN, EVEN, 10, smooth)).toBe(0);
});
