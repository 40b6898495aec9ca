import fc from "fast-check";
import { expect, it } from "vitest";
import { dominanceRanks } from "./dominance-ranks.ts";
import { undominatedPlaces } from "./undominated-places.ts";

it("finds the first front, equal points with it", () => {
  const point = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 25 }), (points) => {
      const ranks = dominanceRanks(points);
      expect(undominatedPlaces(points)).toEqual([...points.keys()].filter((place) => ranks[place] === 0));
    }),
  );
});

it("refuses NaN", () => {
  expect(() =>
    undominatedPlaces([
      [0, 1],
      [0, Number.NaN],
    ]),
  ).toThrow("a point is NaN in coordinate 1");
});
