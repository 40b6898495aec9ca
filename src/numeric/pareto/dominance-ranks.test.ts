import fc from "fast-check";
import { expect, it } from "vitest";
import { dominanceRanks } from "./dominance-ranks.ts";

const dominates = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((place, d) => place <= b[d]!) && a.some((place, d) => place < b[d]!);

const points = fc.integer({ min: 1, max: 4 }).chain((dimension) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: dimension, maxLength: dimension }), {
    maxLength: 25,
  }),
);

it("takes the fronts off one after the other", () => {
  fc.assert(
    fc.property(points, (all) => {
      const ranks = dominanceRanks(all);
      let left = [...all.keys()];
      for (let rank = 0; left.length > 0; rank++) {
        const front = left.filter((i) => !left.some((j) => dominates(all[j]!, all[i]!)));
        expect([...ranks.keys()].filter((i) => ranks[i] === rank)).toEqual(front);
        left = left.filter((i) => !front.includes(i));
      }
    }),
  );
});

it("takes infinite coordinates, and refuses NaN", () => {
  expect([
    ...dominanceRanks([
      [0, Infinity],
      [-Infinity, 1],
      [0, 1],
    ]),
  ]).toEqual([2, 0, 1]);
  expect(() =>
    dominanceRanks([
      [0, 1],
      [0, Number.NaN],
    ]),
  ).toThrow("a point is NaN in coordinate 1");
});
