import { describe, expect, it } from "vitest";
import { arithmetic, callFunction, power } from "./arithmetic.ts";
import type { FunctionName } from "./expression.ts";

describe("arithmetic", () => {
  // Python 3.13: a % b has the sign of b.
  it.each([
    ["%", 7, 3, 1],
    ["%", -7, 3, 2],
    ["%", 7, -3, -2],
    ["%", 5.5, 2, 1.5],
    ["+", 2, 3, 5],
    ["-", 2, 3, -1],
    ["*", 2, 3, 6],
    ["/", 3, 2, 1.5],
    ["**", 3, 4, 81],
  ] as const)("%s of %d and %d is %d", (operator, a, b, expected) => expect(arithmetic(operator, a, b)).toBe(expected));
});

describe("power", () => {
  it.each([
    [2, 10, 1024],
    [2, -2, 0.25],
    [-2, 3, -8],
    [-2, 4, 16],
    [-1, 5001, -1],
    [-1, 5000, 1],
    [0, 0, 1],
    [0, 3, 0],
    [7, 1, 7],
    [10, 22, 1e22],
  ])("%d to the %d is %d exactly", (base, exponent, expected) => expect(power(base, exponent)).toBe(expected));

  it.each([
    [2, 0.5, Math.SQRT2],
    [9, -0.5, 1 / 3],
    // mpmath: 1.0001 ** 5000, 1.0001 ** -5000 (beyond repeated multiplication), to the double that 1.0001 is.
    [1.0001, 5000, 1.648680055931085],
    [1.0001, -5000, 0.6065458221578682],
  ])("%d to the %d is about %d", (base, exponent, expected) =>
    expect(power(base, exponent) / expected).toBeCloseTo(1, 9),
  );

  it("is no number for a root of what is below 0", () => expect(power(-2, 0.5)).toBeNaN());
});

describe("callFunction", () => {
  it.each<[FunctionName, readonly number[], number]>([
    ["min", [3, -1, 2], -1],
    ["max", [3, -1, 7], 7],
    ["sum", [1, 2, 3.5], 6.5],
    ["sum", [4], 4],
    ["abs", [-2.5], 2.5],
    ["floor", [-1.5], -2],
    ["ceil", [-1.5], -1],
    ["round", [2.5], 3],
    ["round", [-2.5], -2],
    ["round", [2.4], 2],
    ["sqrt", [6.25], 2.5],
    ["exp", [0], 1],
    ["log", [1], 0],
    ["log2", [0.125], -3],
    ["log10", [1e-5], -5],
  ])("%s of %j is %d", (name, args, expected) => expect(callFunction(name, args)).toBe(expected));

  it.each<[FunctionName, number, number]>([
    ["exp", 2, 7.38905609893065],
    ["log", 10, Math.LN10],
    ["log2", 10, 3.321928094887362],
    ["log10", 50, 1.6989700043360187],
  ])("%s of %d is %d", (name, x, expected) => expect(callFunction(name, [x])).toBeCloseTo(expected, 14));
});
