import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { scrambledSobol, sobol } from "./sobol.ts";
import { SOBOL_DIMENSIONS } from "./sobol-directions.ts";

const golden = JSON.parse(readFileSync(new URL("golden/sobol.json", import.meta.url), "utf8")) as {
  readonly rows: readonly number[];
  readonly points: readonly (readonly number[])[];
};

/** Counts of points in boxes of `a` by `b` equal cells. */
function boxes(points: readonly (readonly [number, number])[], a: number, b: number): readonly number[] {
  const counts = new Array<number>(a * b).fill(0);
  for (const [x, y] of points) counts[Math.floor(x * a) * b + Math.floor(y * b)]!++;
  return counts;
}

describe("sobol", () => {
  it("gives SciPy's points in all dimensions (whose order is the Gray code's)", () => {
    for (const [i, row] of golden.rows.entries()) {
      const gray = row ^ (row >>> 1);
      const ours = Array.from({ length: SOBOL_DIMENSIONS }, (_, d) => sobol(gray, d));
      expect(ours).toEqual(golden.points[i]);
    }
  });

  it("reaches the last point of 32 bits", () => {
    expect(sobol(2 ** 32 - 1, 0)).toBe(2 ** 32 - 1);
  });
});

describe("scrambledSobol", () => {
  it("puts each of 2^m points into an interval of its own, in every dimension", () => {
    for (let d = 0; d < SOBOL_DIMENSIONS; d += 5) {
      const cells = Array.from({ length: 256 }, (_, i) => Math.floor(256 * scrambledSobol(i, d, 77 + d)));
      expect(new Set(cells).size).toBe(256);
    }
  });

  it("keeps the first two dimensions a (0, 6, 2)-net: one point in each elementary box, in each run of 64", () => {
    for (const start of [0, 64, 640]) {
      const points = Array.from(
        { length: 64 },
        (_, i) => [scrambledSobol(start + i, 0, 5), scrambledSobol(start + i, 1, 900)] as const,
      );
      for (let k = 0; k <= 6; k++) expect(boxes(points, 2 ** k, 2 ** (6 - k))).toEqual(new Array(64).fill(1));
    }
  });

  it("gives other points for another seed, and integrates far better than chance", () => {
    const mean = (seed: number) => {
      let sum = 0;
      for (let i = 0; i < 1024; i++) {
        let product = 1;
        for (let d = 0; d < 6; d++) product *= 1 + 0.5 * (scrambledSobol(i, d, seed + d * 7919) - 0.5);
        sum += product;
      }
      return sum / 1024;
    };
    const errors = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => Math.abs(mean(seed * 1_000_003) - 1));
    expect(new Set(errors).size).toBe(8);
    // The standard error of 1024 independent points is 0.011.
    expect(Math.max(...errors)).toBeLessThan(0.001);
  });
});

it("scrambles to the middle of one of 2^32 equal parts, each bit by those above it alone", () => {
  for (const seed of [1, 7, 0x9e3779b9]) {
    for (let index = 0; index < 64; index++) {
      const part = scrambledSobol(index, index % 5, seed) * 4294967296;
      expect(part % 1).toBe(0.5);
      expect(part).toBeGreaterThan(0);
      expect(part).toBeLessThan(4294967296);
    }
  }
});
