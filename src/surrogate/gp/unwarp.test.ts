import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { warpOutputs } from "./output-warp.ts";
import { unwarp } from "./unwarp.ts";

describe("unwarp", () => {
  it("takes every known value back", () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(values, (raw) => {
        const warped = warpOutputs(raw, "half-rank");
        if (new Set(warped).size < 2) return;
        for (const [i, w] of warped.entries()) expect(unwarp(w, warped, raw)).toBeCloseTo(raw[i]!, 6);
      }),
    );
  });

  it("is straight between and beyond", () => {
    expect(unwarp(0.5, [0, 1, 3], [10, 20, 60])).toBe(15);
    expect(unwarp(2, [3, 1, 0], [60, 20, 10])).toBe(40);
    expect(unwarp(-1, [0, 1, 3], [10, 20, 60])).toBe(0);
    expect(unwarp(4, [0, 1, 3], [10, 20, 60])).toBe(80);
  });

  it("keeps the order of what it takes back, to the last bit", () => {
    const step = fc.constantFrom(1.3e-4, 0.1, 7);
    const steps = fc.uniqueArray(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 6 });
    const query = fc.double({ min: -50, max: 50, noNaN: true });
    const more = fc.double({ min: 0, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(step, steps, query, more, (unit, list, at, by) => {
        const raw = list.map((k) => 1e12 + k * unit);
        const warped = list.map((k) => k / 3);
        expect(unwarp(at, warped, raw)).toBeLessThanOrEqual(unwarp(at + by, warped, raw));
      }),
    );
  });

  it("stays within the numbers there are", () => {
    const { MAX_VALUE } = Number;
    expect(unwarp(0.25, [0, 1], [-MAX_VALUE, MAX_VALUE]) / MAX_VALUE).toBeCloseTo(-0.5, 9);
    expect(unwarp(-3, [0, 1], [-MAX_VALUE, MAX_VALUE])).toBe(-MAX_VALUE);
    expect(unwarp(9, [0, 1, 1.01], [0, 1, MAX_VALUE])).toBe(MAX_VALUE);
  });

  it("has an answer for a single value and none for none", () => {
    expect(unwarp(5, [0, 0], [7, 7])).toBe(7);
    expect(unwarp(5, [], [])).toBeNaN();
  });
});
