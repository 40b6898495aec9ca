import fc from "fast-check";
import { expect, it } from "vitest";
import { hypervolume } from "../numeric/hypervolume/hypervolume.ts";
import { GrowingArea } from "./growing-area.ts";

const coordinate = fc.oneof(fc.double({ min: 0, max: 1.3, noNaN: true }), fc.constantFrom(0, 0.25, 0.5, 1));

it("is the hypervolume of all points so far, and knows which are on the front", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { maxLength: 40 }), (points) => {
      const growing = new GrowingArea();
      const seen: [number, number][] = [];
      for (const [x, y] of points) {
        const beaten = seen.some(([a, b]) => a <= x && b <= y);
        expect(growing.admit(x, y)).toBe(!beaten);
        seen.push([x, y]);
        expect(growing.area).toBeCloseTo(hypervolume(seen, [1, 1]), 9);
      }
    }),
  );
});
