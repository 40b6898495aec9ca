import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankCorrelation, rankCorrelationAtLeast } from "./rank-correlation.ts";

const pairs = (a: readonly number[], b: readonly number[]) => a.map((value, k) => [value, b[k]!] as const);

describe("rankCorrelation", () => {
  // scipy.stats.spearmanr 1.17.1
  it.each([
    [[1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5], 0.8285714285714287],
    [[0.3, 0.1, 0.9, 0.2, 0.7], [5, 4, 1, 3, 2], -0.7],
    [[1, 1, 2, 3, 3, 3, 4], [7, 6, 6, 5, 5, 1, 0], -0.9432422182837987],
    [[1, 2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], [1, 3, 2, 4], 0.6324555320336759],
  ])("of %j and %j is %d", (a, b, expected) => {
    expect(rankCorrelation(pairs(a, b))).toBeCloseTo(expected, 12);
  });

  it("is none where one side has but one value", () => {
    expect(rankCorrelation(pairs([1, 1, 1], [1, 2, 3]))).toBeNaN();
    expect(rankCorrelation([])).toBeNaN();
  });

  it("is the same whatever grows with the values, and the opposite of one turned", () => {
    const values = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(values, (given) => {
        const one = rankCorrelation(given);
        expect(rankCorrelation(given.map(([a, b]) => [a * a * a, 2 * b + 1]))).toBe(one);
        const turned = rankCorrelation(given.map(([a, b]) => [-a, b]));
        expect(Number.isNaN(turned)).toBe(Number.isNaN(one));
        if (Number.isNaN(one)) return;
        expect(turned).toBeCloseTo(-one, 12);
        expect(Math.abs(one)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

describe("what a rank correlation is at least", () => {
  // tanh(atanh(r) - z sqrt((1 + r²/2) / (n - 3)))
  it.each([
    [0.5, 20, 1.6448536269514722, 0.1255058],
    [0.9, 8, 1.2815515655446004, 0.6600354],
    [-0.2, 10, 1.2815515655446004, -0.5992226],
    [0, 28, 1, -0.1973753],
  ])("%d of %d pairs, %d deviations: %d", (correlation, count, z, expected) => {
    expect(rankCorrelationAtLeast(correlation, count, z)).toBeCloseTo(expected, 6);
  });

  it("is no more than what is known of few pairs, though all ranks are equal", () => {
    expect(rankCorrelationAtLeast(1, 3, 1)).toBe(-1);
    expect(rankCorrelationAtLeast(Number.NaN, 30, 1)).toBe(-1);
    const sure = [4, 6, 12, 24].map((count) => rankCorrelationAtLeast(1, count, 1.2816));
    expect(sure).toEqual([...sure].sort((a, b) => a - b));
    expect(sure[0]).toBeLessThan(0.8);
    expect(sure[3]).toBeGreaterThan(0.95);
    expect(rankCorrelationAtLeast(-1, 6, 1)).toBeGreaterThan(-1);
  });
});
