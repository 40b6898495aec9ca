import fc from "fast-check";
import { expect, it } from "vitest";
import { type Boxes, undominatedBoxes } from "./box-decomposition.ts";
import { hypervolume } from "./hypervolume.ts";

const front = fc.integer({ min: 1, max: 5 }).chain((dimension) => {
  const point = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: dimension, maxLength: dimension });
  return fc.record({
    points: fc.array(point, { maxLength: 14 }),
    probe: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: dimension, maxLength: dimension }),
    reference: fc.constant(new Array<number>(dimension).fill(9)),
  });
});

/** How many boxes hold a point: from its lower ends, which belong to a box, to the upper ones, which do not. */
function holding({ dimension, count, lower, upper }: Boxes, probe: readonly number[]): number {
  const holds = (k: number): boolean =>
    probe.every((place, d) => lower[k * dimension + d]! <= place && place < upper[k * dimension + d]!);
  return Array.from({ length: count }, (_none, k) => k).filter(holds).length;
}

it("holds each point that is not dominated once, and no other", () => {
  fc.assert(
    fc.property(front, ({ points, probe, reference }) => {
      const inside = probe.map((place) => place - 0.5);
      const dominated = points.some((point) => point.every((place, d) => place <= inside[d]!));
      expect(holding(undominatedBoxes(points, reference), inside)).toBe(dominated ? 0 : 1);
    }),
  );
});

it("tells by how much a point raises the hypervolume", () => {
  fc.assert(
    fc.property(front, ({ points, probe, reference }) => {
      const { dimension, count, lower, upper } = undominatedBoxes(points, reference);
      let gain = 0;
      for (let k = 0; k < count; k++) {
        let part = 1;
        for (let d = 0; d < dimension; d++)
          part *= Math.max(0, upper[k * dimension + d]! - Math.max(lower[k * dimension + d]!, probe[d]!));
        gain += part;
      }
      expect(gain).toBe(hypervolume([...points, probe], reference) - hypervolume(points, reference));
    }),
  );
});

it("takes about as many boxes as there are points in two dimensions, twice as many in three", () => {
  const line = Array.from({ length: 100 }, (_none, i) => [i, 99 - i]);
  expect(undominatedBoxes(line, [100, 100]).count).toBe(101);
  const plane = Array.from({ length: 10 }, (_row, i) =>
    Array.from({ length: 10 - i }, (_cell, j) => [i, j, 9 - i - j]),
  );
  expect(undominatedBoxes(plane.flat(), [10, 10, 10]).count).toBeLessThan(2 * 55 + 2);
});

it("is the whole space below the reference without points, and refuses NaN", () => {
  const boxes = undominatedBoxes([], [1, 2]);
  expect([boxes.count, ...boxes.lower, ...boxes.upper]).toEqual([1, -Infinity, -Infinity, 1, 2]);
  expect(() => undominatedBoxes([[0, Number.NaN]], [1, 1])).toThrow(/point 0 is NaN in coordinate 1/);
});
