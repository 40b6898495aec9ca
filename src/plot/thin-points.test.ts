import fc from "fast-check";
import { expect, it } from "vitest";
import { thinPoints } from "./thin-points.ts";

const points = fc.array(
  fc.record({ x: fc.double({ noNaN: true, min: -1e6, max: 1e6 }), y: fc.double({ noNaN: true, min: -1e6, max: 1e6 }) }),
);
const thinned = (all: readonly { x: number; y: number }[], most: number) =>
  thinPoints(
    all,
    most,
    ({ x }) => x,
    ({ y }) => y,
  );

it("keeps at most as many as are wanted, in their order, with the least and the greatest of all", () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 2, max: 40 }), (all, most) => {
      const some = thinned(all, most);
      expect(some.length).toBeLessThanOrEqual(most);
      expect(some).toEqual(all.filter((point) => some.includes(point)));
      if (all.length === 0) return;
      const ys = all.map(({ y }) => y);
      expect(some.map(({ y }) => y)).toEqual(expect.arrayContaining([Math.min(...ys), Math.max(...ys)]));
    }),
  );
});

it("leaves few as they are", () => {
  const all = [
    { x: 3, y: 1 },
    { x: 1, y: 2 },
  ];
  expect(thinned(all, 2)).toBe(all);
});
