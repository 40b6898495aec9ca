import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readValueRule } from "../value-rule.ts";
import { CountedValue } from "./counted-value.ts";

function counted(rule: string, values: readonly (readonly [number | null, number])[], smaller = true): number | null {
  const value = new CountedValue(readValueRule(rule)!, smaller);
  for (const [step, one] of values) value.add(step, one);
  return value.value;
}

describe("CountedValue", () => {
  const numbers = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 20 });

  it("is the last, the best, or the mean of the last ones", () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 25 }), (values, count) => {
        const steps = values.map((value, step) => [step, value] as const);
        expect(counted("last", steps)).toBe(values.at(-1));
        expect(counted("best", steps)).toBe(Math.min(...values));
        expect(counted("best", steps, false)).toBe(Math.max(...values));
        const tail = values.slice(-count);
        expect(counted(`mean:${count}`, steps)).toBeCloseTo(tail.reduce((a, b) => a + b, 0) / tail.length, 5);
      }),
    );
  });

  it("takes the last of several values at one step, and each value without a step", () => {
    const repainted = [
      [1, 0.1],
      [1, 0.5],
      [2, 0.2],
      [2, 0.4],
    ] as const;
    expect(counted("best", repainted)).toBe(0.4);
    expect(counted("mean:2", repainted)).toBeCloseTo(0.45);
    expect(
      counted("mean:2", [
        [null, 1],
        [null, 3],
      ]),
    ).toBe(2);
  });

  it("calls NaN best only when there is nothing else", () => {
    expect(
      counted("best", [
        [1, Number.NaN],
        [2, 0.4],
        [3, Number.NaN],
      ]),
    ).toBe(0.4);
    expect(counted("best", [[1, Number.NaN]])).toBeNaN();
    expect(counted("last", [])).toBeNull();
  });

  it.each(["first", "mean", "mean:0", "mean:-1", "mean:1.5", "LAST", ""])("knows no rule %j", (text) => {
    expect(readValueRule(text)).toBeNull();
  });
});
