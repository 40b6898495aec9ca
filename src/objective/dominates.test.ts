import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import { compareValues, leadOver } from "./compare-values.ts";
import { dominates, nonDominated } from "./dominates.ts";

const METRICS: readonly Metric[] = [
  { name: "loss", direction: "minimize" },
  { name: "score", direction: "maximize" },
];
const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));

describe("compareValues", () => {
  it("is an order: turning the sides turns the sign, and good means the metric's direction", () => {
    fc.assert(
      fc.property(value, value, fc.constantFrom("minimize", "maximize"), (a, b, direction) => {
        expect(compareValues(a, b, direction) + compareValues(b, a, direction)).toBe(0);
      }),
    );
    expect(compareValues(1, 2, "minimize")).toBeLessThan(0);
    expect(compareValues(1, 2, "maximize")).toBeGreaterThan(0);
    expect(compareValues(Number.POSITIVE_INFINITY, 2, "maximize")).toBeGreaterThan(0);
    expect(leadOver(1, 3, "minimize")).toBe(2);
    expect(leadOver(1, 3, "maximize")).toBe(-2);
  });
});

describe("domination", () => {
  it("needs to be no worse everywhere and better somewhere", () => {
    expect(dominates([1, 5], [1, 4], METRICS)).toBe(true);
    expect(dominates([1, 5], [1, 5], METRICS)).toBe(false);
    expect(dominates([0, 3], [1, 4], METRICS)).toBe(false);
    expect(dominates([0, 3], [Number.NaN, 3], METRICS)).toBe(true);
  });

  it("compares points of two objectives with few others, however many are on the front", () => {
    let looks = 0;
    const count = 2_000;
    const points = Array.from({ length: count }, (_, k) => {
      return new Proxy([(k * 7) % count, (k * 7) % count], {
        get: (target, key) => {
          looks += 1;
          return Reflect.get(target, key) as unknown;
        },
      });
    });
    expect(nonDominated(points, METRICS)).toHaveLength(count);
    expect(looks).toBeLessThan(count * 60);
  });

  it("leaves exactly the points that none dominates", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 12 }), (points) => {
        const expected = points.flatMap((p, i) => (points.some((q) => dominates(q, p, METRICS)) ? [] : [i]));
        expect(nonDominated(points, METRICS)).toEqual(expected);
      }),
    );
  });
});
