import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OutputWarp, warpOutputs } from "./output-warp.ts";

const WARPS: readonly OutputWarp[] = ["half-rank", "yeo-johnson", "identity"];

describe("warpOutputs", () => {
  it("standardises and keeps the order, whatever the values", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(1e-12, 1e12, 1e30, -1e300, 0, 5e-324, 1.7e308),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 40 }), fc.constantFrom(...WARPS), (values, warp) => {
        const bent = warpOutputs(values, warp);
        const mean = bent.reduce((a, b) => a + b, 0) / bent.length;
        const square = bent.reduce((a, b) => a + b * b, 0) / bent.length;
        expect(Math.abs(mean)).toBeLessThan(1e-6);
        expect(square < 1e-12 || Math.abs(square - 1) < 1e-6).toBe(true);
        for (const [i, a] of values.entries())
          for (const [j, b] of values.entries()) if (a < b) expect(bent[i]).toBeLessThanOrEqual(bent[j]! + 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps an outlier from flattening the rest", () => {
    const values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1e30];
    const bent = warpOutputs(values, "half-rank");
    expect(bent[4]! - bent[0]!).toBeGreaterThan(1);
    expect(bent[8]! - bent[5]!).toBeLessThan(3);
  });

  it("gives zeros for values that are all the same", () => {
    for (const warp of WARPS) expect([...warpOutputs([7, 7, 7], warp)]).toEqual([0, 0, 0]);
  });
});
