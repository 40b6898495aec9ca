import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signedRankTest } from "./signed-rank.ts";

interface Case {
  readonly differences: readonly number[];
  readonly p: number;
}

const GOLDEN = JSON.parse(readFileSync(new URL("golden/signed-rank.json", import.meta.url), "utf8")) as {
  readonly exact: readonly Case[];
  readonly approx: readonly Case[];
};

/** The share of all sign patterns of the differences that are not zero with a sum of positive ranks as large. */
function byAllSigns(differences: readonly number[]): number {
  const sizes = differences.map(Math.abs);
  const rank = (size: number) =>
    sizes.filter((other) => other < size).length + (sizes.filter((other) => other === size).length + 1) / 2;
  const sum = (signs: readonly number[]) =>
    signs.reduce((total, sign, i) => total + (sign > 0 ? rank(sizes[i]!) : sign === 0 ? rank(sizes[i]!) / 2 : 0), 0);
  const own = sum(differences);
  const patterns = 2 ** differences.length;
  let large = 0;
  for (let bits = 0; bits < patterns; bits++) {
    const signs = differences.map((d, i) => (d === 0 ? 0 : (bits >> i) & 1 ? 1 : -1));
    if (sum(signs) >= own - 1e-9) large++;
  }
  return large / patterns;
}

describe("signedRankTest", () => {
  it.each(GOLDEN.exact)(
    "of $differences.length differences without ties is SciPy's exact one",
    ({ differences, p }) => {
      expect(signedRankTest(differences)).toBeCloseTo(p, 12);
    },
  );

  it.each(GOLDEN.approx)("of $differences.length differences with ties is SciPy's normal one", ({ differences, p }) => {
    expect(signedRankTest(differences)).toBeCloseTo(p, 12);
  });

  it("counts all signs out, with ties and zeros", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 10 }), (differences) => {
        expect(signedRankTest(differences)).toBeCloseTo(byAllSigns(differences), 10);
      }),
    );
  });

  it("is 1 for nothing and for zeros alone, and small only where all are above 0", () => {
    expect([[], [0, 0, 0], new Array(60).fill(0)].map(signedRankTest)).toEqual([1, 1, 1]);
    expect(signedRankTest([1, 2, 3, 4])).toBe(1 / 16);
    expect(signedRankTest([-1, -2, -3, -4])).toBe(1);
  });
});
