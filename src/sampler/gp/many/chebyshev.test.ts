import { expect, it } from "vitest";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { chebyshevOf, weightedOf } from "./chebyshev.ts";

const stream = keyedStreams(5).stream("weights");

it("finds each point of a front, the concave parts too, by some weights", () => {
  const front = Array.from({ length: 5 }, (_none, k) => {
    const angle = (k * Math.PI) / 8;
    return [1000 * Math.sin(angle), Math.cos(angle)];
  });
  const best = new Set<number>();
  for (let k = 0; k < 200; k++) {
    const scalarOf = chebyshevOf(front, 2, stream);
    const numbers = front.map(scalarOf);
    best.add(numbers.indexOf(Math.min(...numbers)));
  }
  expect([...best].sort()).toEqual([0, 1, 2, 3, 4]);
});

it("is worse for what is dominated, and copes with ranges beyond what numbers hold", () => {
  const points = [
    [0, 0, 3],
    [1, 1, 3],
  ];
  const scalarOf = chebyshevOf(points, 3, stream);
  expect(scalarOf([0, 0.5, 3])).toBeLessThan(scalarOf([0.1, 0.6, 3]));
  const huge = chebyshevOf([[-1.7e308], [1.7e308]], 1, stream);
  expect(huge([1.7e308])).toBeCloseTo(1.05, 9);
});

it("chooses by given weights the point whose largest weighted share is least, and ends ranges at references", () => {
  const front = [
    [0, 10],
    [2, 4],
    [6, 1],
    [10, 0],
  ];
  const chosen = (weights: readonly number[], references: Float64Array | null = null): number => {
    const values = front.map(weightedOf(front, weights, references));
    return values.indexOf(Math.min(...values));
  };
  expect([chosen([1, 0]), chosen([9, 1]), chosen([1, 1]), chosen([1, 3]), chosen([1, 50])]).toEqual([0, 0, 1, 2, 3]);
  // Half of the range of the first: it weighs twice as much on it.
  expect(chosen([1, 3], Float64Array.of(3, Number.POSITIVE_INFINITY))).toBe(1);
  // A reference that is better than everything leaves the range as it is.
  expect(chosen([1, 3], Float64Array.of(-1, Number.POSITIVE_INFINITY))).toBe(2);
});
