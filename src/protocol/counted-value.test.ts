import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CountedValue } from "./counted-value.ts";
import { readValueRule } from "./value-rule.ts";

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

  it("takes a value behind the last step's own for the result, and those behind each for its last", () => {
    const values = (rule: string, all: readonly (readonly [number, number, boolean])[]): number | null => {
      const value = new CountedValue(readValueRule(rule)!, true);
      for (const one of all) value.add(...one);
      return value.value;
    };
    const result = [
      [1, 0.9, false],
      [2, 0.2, false],
      [2, 0.8, true],
    ] as const;
    expect(values("best", result)).toBe(0.2);
    expect(values("mean:2", result)).toBe(0.5);
    expect(values("last", result)).toBe(0.8);
    const tests = [
      [1, 0.1, false],
      [1, 0.6, true],
      [2, 0.05, false],
      [2, 0.5, true],
    ] as const;
    expect(values("best", tests)).toBe(0.5);
    expect(values("mean:2", tests)).toBe(0.55);
  });

  it.each([
    ["last", ["x", 3], 3],
    ["last", [3, "x"], "x"],
    ["best", [3, "x", 1], "x"],
    ["best", ["x"], "x"],
    ["mean:2", ["x", 3, 1], 2],
    ["mean:2", [3, "x", 1], "x"],
  ] as const)("has no value by %s where one that counts of %j could not be read", (rule, all, is) => {
    const value = new CountedValue(readValueRule(rule)!, true);
    for (const one of all) {
      if (typeof one === "number") value.add(null, one);
      else value.refuse(null, one);
    }
    expect([value.value, value.fault]).toEqual(is === "x" ? [null, "x"] : [is, null]);
  });

  it.each(["first", "mean", "mean:0", "mean:-1", "mean:1.5", "LAST", ""])("knows no rule %j", (text) => {
    expect(readValueRule(text)).toBeNull();
  });
});
