import { arithmetic, callFunction } from "./arithmetic.ts";
import type { ArithmeticOperator, FunctionName } from "./expression.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const ANYTHING: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

function hull(values: readonly number[]): Interval {
  if (values.some(Number.isNaN)) return ANYTHING;
  return { low: Math.min(...values), high: Math.max(...values) };
}

/** exp, log and powers are monotone only up to their last bits. */
function widen({ low, high }: Interval): Interval {
  return { low: low - 1e-12 * Math.abs(low), high: high + 1e-12 * Math.abs(high) };
}

function corners(operator: ArithmeticOperator, a: Interval, b: Interval): Interval {
  return hull([
    arithmetic(operator, a.low, b.low),
    arithmetic(operator, a.low, b.high),
    arithmetic(operator, a.high, b.low),
    arithmetic(operator, a.high, b.high),
  ]);
}

function powerInterval(a: Interval, b: Interval): Interval {
  if (a.low > 0) return widen(corners("**", a, b));
  const isWhole = b.low === b.high && Number.isInteger(b.low) && b.low >= 0;
  if (!isWhole) return ANYTHING;
  const ends = corners("**", a, b);
  return widen(b.low % 2 === 0 && a.high > 0 ? { low: Math.min(0, ends.low), high: ends.high } : ends);
}

function remainderInterval(a: Interval, b: Interval): Interval {
  if (a.low === a.high && b.low === b.high) return corners("%", a, b);
  return b.low > 0 ? { low: 0, high: b.high } : ANYTHING;
}

/** Every result of the operation on numbers of the two intervals lies in the interval returned. */
export function arithmeticInterval(operator: ArithmeticOperator, a: Interval, b: Interval): Interval {
  switch (operator) {
    case "+":
      return hull([a.low + b.low, a.high + b.high]);
    case "-":
      return hull([a.low - b.high, a.high - b.low]);
    case "*":
      return corners("*", a, b);
    case "/":
      return b.low > 0 || b.high < 0 ? corners("/", a, b) : ANYTHING;
    case "%":
      return remainderInterval(a, b);
    case "**":
      return powerInterval(a, b);
  }
}

/** The same for a function: all but abs grow with each argument. */
export function callInterval(name: FunctionName, args: readonly Interval[]): Interval {
  const ends = hull([
    callFunction(
      name,
      args.map((arg) => arg.low),
    ),
    callFunction(
      name,
      args.map((arg) => arg.high),
    ),
  ]);
  if (name === "abs") return args[0]!.low < 0 && args[0]!.high > 0 ? { low: 0, high: ends.high } : ends;
  return name === "exp" || name.startsWith("log") ? widen(ends) : ends;
}
