import { describe, expect, it } from "vitest";
import { latticeDirections } from "./lattice-directions.ts";
import { nichesOf } from "./niches.ts";

const points = (...rows: readonly (readonly number[])[]) => rows.map((row) => Float64Array.from(row));

describe("latticeDirections", () => {
  it("has all sets of shares", () => {
    expect(latticeDirections(2, 2)).toEqual([
      [0, 1],
      [0.5, 0.5],
      [1, 0],
    ]);
    expect(latticeDirections(3, 12)).toHaveLength(91);
    expect(latticeDirections(5, 6)).toHaveLength(210);
    expect(latticeDirections(1, 4)).toEqual([[1]]);
  });
});

describe("nichesOf", () => {
  const directions = latticeDirections(2, 2);

  it("finds the nearest direction whatever the units are", () => {
    const front = points([0, 2000], [1, 1000], [2, 0]);
    const { niches, distances } = nichesOf(points([0, 2000], [1, 1000], [2, 0], [1.2, 1000]), front, directions);
    expect([...niches]).toEqual([0, 1, 2, 1]);
    expect([...distances].slice(0, 3)).toEqual([0, 0, 0]);
    expect(distances[3]).toBeCloseTo(0.005, 9);
  });

  it("goes by where the plane through the ends meets the axes, not by the farthest point", () => {
    const all = points([0.1, 1], [1, 0.1], [0.4, 0.4], [1.05, 1.05]);
    const { niches } = nichesOf(all, all.slice(0, 3), directions);
    expect([...niches]).toEqual([0, 2, 1, 1]);
  });

  it("copes with an empty front, one point, equal points, and values that only just are numbers", () => {
    expect([...nichesOf(points([1, 2], [2, 1]), [], directions).niches]).toEqual([0, 2]);
    expect([...nichesOf(points([1, 2]), points([1, 2]), directions).distances]).toEqual([0]);
    const huge = points([-1.7e308, 1.7e308], [1.7e308, -1.7e308], [0, 0]);
    expect([...nichesOf(huge, huge, directions).niches]).toEqual([0, 2, 1]);
  });
});
