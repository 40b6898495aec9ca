import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trustLength } from "./trust-length.ts";

describe("trustLength", () => {
  it("doubles after three improvements in a row, halves after as many failures as dimensions", () => {
    expect(trustLength([], 10)).toBe(0.8);
    expect(trustLength([5, 4, 3], 10)).toBe(1.6);
    expect(trustLength([5, 4, 3, 2, 1, 0], 10)).toBe(1.6);
    expect(trustLength([5, ...Array(10).fill(6)], 10)).toBe(0.4);
    expect(trustLength([5, ...Array(4).fill(6)], 1)).toBe(0.4);
    // Three more after three; a row that is broken begins anew.
    expect(trustLength([9, ...Array(4).fill(10), 8, 7, 6, 5, 4, 3], 1)).toBe(1.6);
    expect(trustLength([9, ...Array(4).fill(10), 8, 7, 10, 6, 5, 4], 1)).toBe(0.8);
    expect(trustLength([9, ...Array(8).fill(10)], 1)).toBe(0.2);
    // An improvement counts from a thousandth of the best on.
    expect([trustLength([5, 4, 3.995], 10), trustLength([5, 4, 3.997], 10)]).toEqual([1.6, 0.8]);
    expect([trustLength([-4, -5, -5.006], 10), trustLength([-4, -5, -5.004], 10)]).toEqual([1.6, 0.8]);
  });

  it("begins anew when it has become tiny, and stays within its bounds", () => {
    expect(trustLength([5, ...Array(4 * 7).fill(6)], 1)).toBe(0.8);
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 })),
        fc.integer({ min: 1, max: 50 }),
        (v, d) => {
          const length = trustLength(v, d);
          expect(length).toBeGreaterThanOrEqual(0.0078125);
          expect(length).toBeLessThanOrEqual(1.6);
        },
      ),
    );
  });
});
