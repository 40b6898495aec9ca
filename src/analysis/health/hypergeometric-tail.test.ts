import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hypergeometricTail } from "./hypergeometric-tail.ts";

/** All ways counted one by one. */
function counted(count: number, drawn: number, marked: number, total: number): number {
  let [good, all] = [0, 0];
  for (let set = 0; set < 2 ** total; set++) {
    const bits = Array.from({ length: total }, (_, k) => (set >> k) & 1);
    if (bits.reduce((sum, bit) => sum + bit, 0) !== drawn) continue;
    all += 1;
    if (bits.slice(0, marked).reduce((sum, bit) => sum + bit, 0) >= count) good += 1;
  }
  return good / all;
}

describe("hypergeometricTail", () => {
  it("is the share of all draws that hold so many", () => {
    const sizes = fc.tuple(fc.nat(10), fc.nat(10), fc.nat(10), fc.nat(10)).filter(([, b, c, d]) => b <= d && c <= d);
    fc.assert(
      fc.property(sizes, ([count, drawn, marked, total]) => {
        expect(hypergeometricTail(count, drawn, marked, total)).toBeCloseTo(counted(count, drawn, marked, total), 12);
      }),
      { numRuns: 60 },
    );
  });

  it("holds for many", () => {
    expect(hypergeometricTail(20, 20, 40, 10_000)).toBeGreaterThan(0);
    expect(hypergeometricTail(20, 20, 40, 10_000)).toBeLessThan(1e-40);
    expect(hypergeometricTail(50, 10_000, 100, 20_000)).toBeCloseTo(0.54, 1);
  });
});
