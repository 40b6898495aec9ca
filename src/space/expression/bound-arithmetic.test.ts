import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arithmetic, callFunction } from "./arithmetic.ts";
import { arithmeticInterval, callInterval, type Interval } from "./bound-arithmetic.ts";
import type { ArithmeticOperator, FunctionName } from "./expression.ts";

type Ends = readonly [low: number, high: number];
const interval = ([low, high]: Ends): Interval => ({ low, high });
const ALL: Ends = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

const close = ({ low, high }: Interval, [from, to]: Ends): void => {
  for (const [found, wanted] of [
    [low, from],
    [high, to],
  ] as const) {
    if (Number.isFinite(wanted)) expect(found).toBeCloseTo(wanted, 9);
    else expect(found).toBe(wanted);
  }
};

const end = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.integer({ min: -900, max: 900 }).map((n) => n / 101),
);
const ends = fc.tuple(end, end).map(([a, b]): Ends => (a <= b ? [a, b] : [b, a]));
const share = fc.integer({ min: 0, max: 64 }).map((n) => n / 64);
const within = ([low, high]: Ends, t: number): number => Math.min(high, Math.max(low, low + t * (high - low)));

function expectInside(value: number, found: Interval): void {
  // An end that is no number says nothing, as numberBound has it.
  if (Number.isNaN(value) || Number.isNaN(found.low) || Number.isNaN(found.high)) return;
  const { low, high } = found;
  const slack = Number.isFinite(value) ? 1e-9 * Math.max(1, Math.abs(value)) : 0;
  expect(low).toBeLessThanOrEqual(value + slack);
  expect(high).toBeGreaterThanOrEqual(value - slack);
}

describe("arithmeticInterval", () => {
  it.each<[ArithmeticOperator, Ends, Ends, Ends]>([
    ["+", [1, 2], [3, 5], [4, 7]],
    ["-", [1, 2], [3, 5], [-4, -1]],
    ["*", [-2, 3], [-1, 4], [-8, 12]],
    ["*", [-3, -2], [-5, -4], [8, 15]],
    ["/", [1, 2], [4, 8], [0.125, 0.5]],
    ["/", [1, 2], [-2, -1], [-2, -0.5]],
    ["/", [1, 2], [0, 1], ALL],
    ["/", [1, 2], [-1, 0], ALL],
    ["/", [1, 2], [-1, 1], ALL],
    ["%", [5, 5], [3, 3], [2, 2]],
    ["%", [5, 6], [3, 3], [0, 3]],
    ["%", [0, 100], [3, 7], [0, 7]],
    ["%", [0, 100], [0, 7], ALL],
    ["%", [0, 100], [-7, -3], ALL],
    ["**", [2, 3], [2, 4], [4, 81]],
    ["**", [-2, 3], [2, 2], [0, 9]],
    ["**", [-3, -2], [2, 2], [4, 9]],
    ["**", [-2, 0], [2, 2], [0, 4]],
    ["**", [-2, 3], [3, 3], [-8, 27]],
    ["**", [-2, 3], [2, 3], ALL],
    ["**", [-2, 3], [0.5, 0.5], ALL],
    ["**", [-2, 3], [-1, -1], ALL],
    ["-", ALL, ALL, ALL],
  ])("of %s on %j and %j is %j", (operator, a, b, expected) =>
    close(arithmeticInterval(operator, interval(a), interval(b)), expected),
  );

  it.each<ArithmeticOperator>(["+", "-", "*", "/", "%", "**"])("holds every result of %s", (operator) => {
    fc.assert(
      fc.property(ends, ends, share, share, (a, b, s, t) => {
        const found = arithmeticInterval(operator, interval(a), interval(b));
        expectInside(arithmetic(operator, within(a, s), within(b, t)), found);
      }),
    );
  });
});

describe("callInterval", () => {
  it.each<[FunctionName, readonly Ends[], Ends]>([
    ["abs", [[-2, 1]], [0, 2]],
    ["abs", [[-1, 2]], [0, 2]],
    ["abs", [[-3, -2]], [2, 3]],
    ["abs", [[0, 3]], [0, 3]],
    [
      "min",
      [
        [1, 5],
        [2, 3],
      ],
      [1, 3],
    ],
    [
      "max",
      [
        [1, 5],
        [2, 3],
      ],
      [2, 5],
    ],
    [
      "sum",
      [
        [1, 5],
        [2, 3],
      ],
      [3, 8],
    ],
    ["floor", [[1.2, 3.7]], [1, 3]],
    ["ceil", [[1.2, 3.7]], [2, 4]],
    ["round", [[1.5, 2.4]], [2, 2]],
    ["sqrt", [[4, 9]], [2, 3]],
    ["sqrt", [[-1, 9]], ALL],
    ["exp", [[0, 1]], [1, Math.E]],
    ["log", [[1, Math.E]], [0, 1]],
    ["log2", [[1, 8]], [0, 3]],
    ["log10", [[0.1, 100]], [-1, 2]],
  ])("of %s on %j is %j", (name, args, expected) => close(callInterval(name, args.map(interval)), expected));

  it("is a hair wider than what is monotone only up to its last bits, and no wider elsewhere", () => {
    const found = callInterval("exp", [interval([1, 2])]);
    expect(found.low).toBeLessThan(Math.E);
    expect(found.high).toBeGreaterThan(callFunction("exp", [2]));
    expect(callInterval("sqrt", [interval([4, 9])])).toEqual({ low: 2, high: 3 });
  });

  it.each<FunctionName>(["abs", "floor", "ceil", "round", "sqrt", "exp", "log", "log2", "log10"])(
    "holds every result of %s",
    (name) => {
      fc.assert(
        fc.property(ends, share, (a, t) =>
          expectInside(callFunction(name, [within(a, t)]), callInterval(name, [interval(a)])),
        ),
      );
    },
  );
});
