import fc from "fast-check";
import { expect, it } from "vitest";
import { hypervolume } from "./hypervolume.ts";
import { selectSubset } from "./select-subset.ts";

const REFERENCE = [9, 9, 9];
const pointsOf = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), { maxLength: 8 });

function subsets(count: number, size: number): readonly (readonly number[])[] {
  const all = Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_none, i) => i).filter((i) => ((bits >> i) & 1) === 1),
  );
  return all.filter((subset) => subset.length === size);
}

it("chooses one after the other the point that adds most", () => {
  fc.assert(
    fc.property(pointsOf, fc.integer({ min: 1, max: 8 }), (points, count) => {
      const wanted: number[] = [];
      const volume = (places: readonly number[]): number =>
        hypervolume(
          places.map((i) => points[i]!),
          REFERENCE,
        );
      while (wanted.length < Math.min(count, points.length)) {
        const rest = [...points.keys()].filter((i) => !wanted.includes(i));
        const best = rest.reduce((a, b) => (volume([...wanted, b]) > volume([...wanted, a]) ? b : a));
        wanted.push(best);
      }
      expect(selectSubset(points, count, REFERENCE)).toEqual(wanted.sort((a, b) => a - b));
    }),
  );
});

it("comes to 63 % of the largest volume of so many", () => {
  fc.assert(
    fc.property(pointsOf, fc.integer({ min: 1, max: 4 }), (points, count) => {
      fc.pre(points.length > count);
      const volume = (places: readonly number[]): number =>
        hypervolume(
          places.map((i) => points[i]!),
          REFERENCE,
        );
      const most = Math.max(...subsets(points.length, count).map(volume));
      expect(volume(selectSubset(points, count, REFERENCE))).toBeGreaterThanOrEqual((1 - 1 / Math.E) * most);
    }),
  );
});

it("refuses NaN, even where all points are taken", () => {
  expect(() => selectSubset([[Number.NaN, 0, 0]], 1, REFERENCE)).toThrow(/point 0 is NaN/);
});
