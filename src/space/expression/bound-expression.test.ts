import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json.ts";
import { parseParameterText } from "../text/parse-parameter-text.ts";
import { ABSENT, type Bound, FALSE, numberBound, TRUE } from "./bound.ts";
import { boundCondition } from "./bound-expression.ts";
import { compileText } from "./compiled-expression.ts";
import { variableOf } from "./variable.ts";

const PARAMETERS = {
  x: "-2.0..3",
  y: "0.0..4",
  n: "1..6",
  opt: "adam | sgd | rms",
  size: "small < middle < large",
  flag: "true | false",
};
const variables = new Map(
  Object.entries(PARAMETERS).map(([name, text]) => [name, variableOf(parseParameterText(text, name))]),
);
const compile = (text: string) => compileText(text, { subject: "The constraint", variables, want: "boolean" });

const listed = (...values: readonly JsonValue[]): Bound => ({ kind: "values", values, absent: false });
const numbers = (low: number, high: number): Bound => numberBound(low, high, false);
const truth = (mask: number): Bound => ({ kind: "truth", mask });
const perhaps = (bound: Bound): Bound =>
  bound.kind === "truth" ? { ...bound, mask: bound.mask | ABSENT } : { ...bound, absent: true };
const GONE: Bound = { kind: "values", values: [], absent: true };

const BOX: Readonly<Record<string, Bound>> = {
  x: numbers(-1, 2),
  y: numbers(1, 3),
  n: numbers(2, 4),
  opt: listed("adam", "sgd"),
  size: listed("middle", "large"),
  flag: truth(TRUE | FALSE),
};
const maskIn = (text: string, box: Readonly<Record<string, Bound>>): number =>
  boundCondition(compile(text).expression, (name) => ({ ...BOX, ...box })[name]!);

const [YES, NO, OPEN] = [TRUE, FALSE, TRUE | FALSE];

describe("boundCondition", () => {
  it.each<[string, number]>([
    ["x < 5", YES],
    ["x < 2", OPEN],
    ["x <= 2", YES],
    ["x < -1", NO],
    ["x <= -1", OPEN],
    ["x > 2", NO],
    ["x >= 2", OPEN],
    ["x >= -1", YES],
    ["x > -1", OPEN],
    ["y - x >= 0", OPEN],
    ["y - x >= -1", YES],
    ["-x >= -2", YES],
    ["-x > 1", NO],
    ["x == 2", OPEN],
    ["x == 2.5", NO],
    ["x != 2.5", YES],
    ["x == 2 or x != 2", OPEN],
    ["abs(x) + y <= 5", YES],
    ["n * y > 12", NO],
    ["opt == 'rms'", NO],
    ["opt != 'rms'", YES],
    ["opt == 'adam'", OPEN],
    ["opt in ['adam', 'sgd']", YES],
    ["opt in ['adam', 'rms']", OPEN],
    ["opt in ['rms']", NO],
    ["x in [5, 6]", NO],
    ["x in [0, 6]", OPEN],
    ["n in [2, 3, 4]", OPEN],
    ["size > 'small'", YES],
    ["size >= 'large'", OPEN],
    ["size < 'middle'", NO],
    ["flag", OPEN],
    ["not flag", OPEN],
    ["flag and x > 2", NO],
    ["flag or x <= 2", YES],
    ["not (x > 2)", YES],
    ["not (x <= 2)", NO],
    ["x <= 2 and y >= 1", YES],
    ["x <= 2 and y > 1", OPEN],
    ["x > 2 or y > 3", NO],
    ["x > 2 or y >= 3", OPEN],
  ])("of %s", (text, mask) => expect(maskIn(text, {})).toBe(mask));

  it.each<[string, Readonly<Record<string, Bound>>, number]>([
    ["x < 5", { x: GONE }, ABSENT],
    ["x < 5", { x: perhaps(numbers(-1, 2)) }, YES | ABSENT],
    ["opt == 'adam'", { opt: GONE }, ABSENT],
    ["opt in ['adam']", { opt: GONE }, ABSENT],
    ["opt in ['adam']", { opt: perhaps(listed("adam")) }, YES | ABSENT],
    ["flag", { flag: truth(ABSENT) }, ABSENT],
    ["not flag", { flag: truth(TRUE | ABSENT) }, NO | ABSENT],
    ["flag and x > 2", { flag: truth(TRUE | ABSENT) }, NO],
    ["flag and x <= 2", { flag: truth(TRUE | ABSENT) }, YES | ABSENT],
    ["flag or x <= 2", { flag: truth(FALSE | ABSENT) }, YES],
    ["flag or x > 2", { flag: truth(FALSE | ABSENT) }, NO | ABSENT],
    ["x + y < 9", { y: perhaps(numbers(1, 3)) }, YES | ABSENT],
    ["size == 'large'", { size: perhaps(listed("large")) }, YES | ABSENT],
    ["x in [y]", { x: numbers(1, 1), y: numbers(1, 1) }, YES],
    ["x in [y, 5]", { x: numbers(1, 1), y: numbers(0, 2) }, OPEN],
  ])("of %s where something may be inactive or known: %j", (text, box, mask) => expect(maskIn(text, box)).toBe(mask));

  const conditions = [
    "x * y < n",
    "x ** 2 + y ** 2 <= 4",
    "x / y > 0.5 or n == 3",
    "min(x, y) >= 0 and max(n, 2 * y) < 6",
    "flag and opt == 'sgd' or size > 'small'",
    "opt in ['adam', 'rms'] and not flag",
    "x % 2 < 1 or round(y) in [n, 1]",
    "exp(x) < y + n and sqrt(y) != x",
  ].map(compile);
  const range = (low: number, high: number) =>
    fc.tuple(fc.double({ min: low, max: high, noNaN: true }), fc.double({ min: low, max: high, noNaN: true }));
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const some = (...values: readonly JsonValue[]) => fc.subarray([...values], { minLength: 1 });
  const drawn = fc.record({
    x: range(-2, 3),
    y: range(0.1, 4),
    n: range(1, 6),
    opt: some("adam", "sgd", "rms"),
    size: some("small", "middle", "large"),
    flag: some(true, false),
    shares: fc.array(share, { minLength: 6, maxLength: 6 }),
  });

  it("never leaves out what a condition is at a point of the box, and says the one thing that it is at a point", () => {
    fc.assert(
      fc.property(drawn, fc.nat(conditions.length - 1), (draw, place) => {
        const { shares, flag } = draw;
        const { expression, evaluate } = conditions[place]!;
        const point: Record<string, JsonValue> = {};
        const box: Record<string, Bound> = {
          flag: truth((flag.includes(true) ? YES : 0) | (flag.includes(false) ? NO : 0)),
        };
        for (const [i, name] of (["x", "y", "n"] as const).entries()) {
          const [low, high] = draw[name].toSorted((a, b) => a - b) as [number, number];
          box[name] = numbers(low, high);
          point[name] = Math.min(high, Math.max(low, low + shares[i]! * (high - low)));
        }
        for (const [i, name] of (["opt", "size", "flag"] as const).entries()) {
          point[name] = draw[name][Math.floor(shares[3 + i]! * (draw[name].length - 1e-9))]!;
          if (name !== "flag") box[name] = listed(...draw[name]);
        }
        const holds = evaluate(point) === true ? YES : NO;
        expect(boundCondition(expression, (name) => box[name]!) & holds).toBe(holds);
        const single = (name: string): Bound => {
          const value = point[name]!;
          if (typeof value === "boolean") return truth(value ? YES : NO);
          return typeof value === "number" ? numbers(value, value) : listed(value);
        };
        const { x, y } = point;
        // Equal but for rounding is equal: there interval arithmetic may leave both open.
        if (Math.abs(Number(x)) > 1e-6 && Math.abs(Number(y)) > 1e-6)
          expect(boundCondition(expression, single) & holds).toBe(holds);
      }),
      { numRuns: 400 },
    );
  });
});
