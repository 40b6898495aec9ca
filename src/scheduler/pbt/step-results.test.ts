import fc from "fast-check";
import { expect, it } from "vitest";
import { StepResults } from "./step-results.ts";

it("keeps results at a step in their order, whatever their values, and counts those that are better than another", () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  );
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 30 }),
      value,
      fc.constantFrom("minimize", "maximize"),
      (values, other, direction) => {
        const results = new StepResults(direction);
        for (const [trial, one] of values.entries()) {
          results.add(trial, one);
          results.add(trial, one + 1);
        }
        const sign = direction === "minimize" ? 1 : -1;
        const keyOf = (one: number) => [
          Number.isNaN(one) ? 2 : Number.isFinite(one) ? 0 : 1,
          Number.isFinite(one) ? sign * one : 0,
        ];
        const isBefore = (a: number, b: number) => {
          const [ka, kb] = [keyOf(a), keyOf(b)];
          return ka[0]! < kb[0]! || (ka[0] === kb[0] && ka[1]! < kb[1]!);
        };
        expect(results.betterThan(other)).toBe(values.filter((one) => isBefore(one, other)).length);
        for (const [trial, one] of values.entries()) {
          const ties = values.filter((v, k) => k < trial && !isBefore(v, one) && !isBefore(one, v)).length;
          expect(results.placeOf(trial)).toBe(values.filter((v) => isBefore(v, one)).length + ties);
          expect(results.get(trial)).toBe(one);
        }
        expect([results.length, results.get(values.length)]).toEqual([values.length, undefined]);
      },
    ),
  );
});
