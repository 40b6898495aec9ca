import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { middleValue } from "./middle-value.ts";
import { isParameterValue } from "./parameter-value.ts";
import { parseParameterText } from "./text/parse-parameter-text.ts";
import { fromUnit, toUnit } from "./unit-cube.ts";

describe("middleValue", () => {
  it.each([
    ["1e-5..1e-1 log", 0.001],
    ["1e-6..1e-2 log", 1e-4],
    ["1e-4..1e-1 log", 0.00316],
    ["1e-9..1e-7 log", 1e-8],
    ["1e3..1e21 log", 1e12],
    ["0.0..0.3", 0.15],
    ["0.1..0.7", 0.4],
    ["0.1..0.2", 0.15],
    ["0.7..0.9", 0.8],
    ["-0.3..0.1", -0.1],
    ["-1.0..1", 0],
    ["0.0..0.12345", 0.061725],
    ["0.01..0.99 logit", 0.5],
    ["0.9..0.999 reverse log", 0.99],
    ["0.0..1 step 0.1", 0.5],
    ["0 | 1e-6..1e-2 log", 3.16e-5],
    ["1..6", 4],
    ["16..512 log", 89],
    ["a | b", "a"],
    ["true | false", false],
    ["= 3", 3],
    ["1 < 2 < 3", 2],
  ] as const)("of %s is the number that is meant", (text, middle) => {
    expect(middleValue(parseParameterText(text, "x"))).toBe(middle);
  });

  it("is allowed, and lies in the middle, of any range", () => {
    const scales = fc.constantFrom("linear", "log", "logit", "reverse-log");
    const bound = fc.double({ min: 1e-9, max: 0.999_999, noNaN: true });
    fc.assert(
      fc.property(scales, bound, bound, (scale, a, b) => {
        fc.pre(Math.abs(a - b) > 1e-3 * Math.min(a, b));
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const p = {
          type: "float",
          name: "x",
          low,
          high,
          scale,
          step: null,
          orZero: false,
          prior: null,
          when: [],
        } as const;
        const middle = middleValue(p) as number;
        expect(isParameterValue(p, middle)).toBe(true);
        expect(Math.abs(toUnit(p, middle) - toUnit(p, fromUnit(p, 0.5)))).toBeLessThanOrEqual(1.001e-3);
        expect(String(middle).length).toBeLessThanOrEqual(String(fromUnit(p, 0.5)).length);
      }),
    );
  });
});
