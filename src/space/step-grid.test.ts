import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepCount, stepIndex, stepValue } from "./step-grid.ts";

describe("a grid of steps", () => {
  it.each([
    [0, 1, 0.1, 11],
    [0, 1, 0.3, 4],
    [0, 0.95, 0.1, 10],
    [1, 6, 1, 6],
    [1, 6, 2, 3],
    [-1, 1, 0.5, 5],
    [0, 1, 1 / 3, 4],
    [0, 1e6, 0.1, 10_000_001],
    // Rounding alone is forgiven, up to a billionth of a step, or of the range where it has many.
    [0, 1 - 1e-12, 0.5, 3],
    [0, 1 - 1e-7, 0.5, 2],
    [0, 1 - 7.5e-10, 1, 2],
    [0, 1 - 1.5e-9, 1, 1],
    [0, 1e4 - 9e-7, 1, 10_001],
    [0, 1e4 - 2e-6, 1, 10_000],
  ])("from %d to %d by %d has %d values", (low, high, step, count) => {
    expect(stepCount(low, high, step)).toBe(count);
  });

  it("has values as their decimals say", () => {
    const values = (low: number, step: number, count: number) =>
      Array.from({ length: count }, (_, k) => stepValue(low, step, k));
    expect(values(0, 0.1, 11)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(values(0.05, 0.1, 4)).toEqual([0.05, 0.15, 0.25, 0.35]);
    expect(values(1, 0.001, 4)).toEqual([1, 1.001, 1.002, 1.003]);
    expect(values(1e-7, 1e-7, 4)).toEqual([1e-7, 2e-7, 3e-7, 4e-7]);
    expect(values(1.5e-7, 1e-7, 3)).toEqual([1.5e-7, 2.5e-7, 3.5e-7]);
    expect(values(3, 4, 3)).toEqual([3, 7, 11]);
    expect(values(1e21, 1e20, 2)).toEqual([1e21, 1.1e21]);
    // More decimals than are written out stay what the sum is.
    expect(stepValue(0, 1e-101, 3)).toBe(3 * 1e-101);
    expect(stepValue(0, 1e-100, 3)).toBe(3e-100);
  });

  it("finds the nearest value, the last one beyond the ends", () => {
    const index = (x: number) => stepIndex(0.5, 0.25, 5, x);
    expect([-9, 0.5, 0.6, 0.63, 1, 1.37, 1.38, 1.5, 9].map(index)).toEqual([0, 0, 0, 1, 2, 3, 4, 4, 4]);
  });

  it("finds every value where it is", () => {
    const step = fc.constantFrom(0.1, 0.25, 1e-3, 1 / 3, 1, 7);
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        step,
        fc.integer({ min: 1, max: 400 }),
        fc.nat(),
        (low, by, count, n) => {
          const k = n % count;
          expect(stepIndex(low, by, count, stepValue(low, by, k))).toBe(k);
        },
      ),
    );
  });
});
