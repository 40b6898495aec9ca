import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf, normalMass } from "./normal-cdf.ts";
import { normalQuantile } from "./normal-quantile.ts";

const golden = JSON.parse(readFileSync(new URL("golden/normal.json", import.meta.url), "utf8")) as {
  readonly cdf: readonly [number, number][];
  readonly quantile: readonly [number, number][];
  readonly mass: readonly [number, number, number][];
};

function relativeError(actual: number, expected: number): number {
  return expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1);
}

describe("the normal distribution", () => {
  it.each(golden.cdf)("has mpmath's probability below %d", (x, expected) => {
    expect(relativeError(normalCdf(x), expected)).toBeLessThan(1e-14);
  });

  it.each(golden.quantile)("has mpmath's quantile of %d", (p, expected) => {
    expect(relativeError(normalQuantile(p), expected)).toBeLessThan(2e-15);
  });

  it.each(golden.mass)("has the mass of [%d, %d] to eleven digits, in the tails too", (a, b, expected) => {
    expect(relativeError(normalMass(a, b), expected)).toBeLessThan(1e-11);
  });

  it("gives the quantile of its own probability back, and is symmetric", () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 0, noNaN: true }), (x) => {
        expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(1e-13 * (1 + Math.abs(x)));
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 15);
      }),
    );
  });

  it("has infinite quantiles at the ends and none outside", () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(-0.1)).toBeNaN();
    expect(normalCdf(Number.NaN)).toBeNaN();
    expect(normalCdf(40)).toBe(1);
  });
});
