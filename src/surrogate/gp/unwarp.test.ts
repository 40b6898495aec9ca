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

  it("has an answer for a single value and none for none", () => {
    expect(unwarp(5, [0, 0], [7, 7])).toBe(7);
    expect(unwarp(5, [], [])).toBeNaN();
  });
});
