import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import type { ArithmeticOperator, FunctionName } from "./expression.ts";

/** Power by repeated multiplication for whole exponents; equal bits everywhere, unlike the built-in one. */
export function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || (base > 0 && Math.abs(exponent) > 4096)) return exp(exponent * ln(base));
  let result = 1;
  let square = base;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return exponent < 0 ? 1 / result : result;
}

export function arithmetic(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a - b * Math.floor(a / b);
    case "**":
      return power(a, b);
  }
}

export function callFunction(name: FunctionName, args: readonly number[]): number {
  const x = args[0]!;
  switch (name) {
    case "min":
      return args.reduce((a, b) => Math.min(a, b));
    case "max":
      return args.reduce((a, b) => Math.max(a, b));
    case "sum":
      return args.reduce((a, b) => a + b, 0);
    case "abs":
      return Math.abs(x);
    case "floor":
      return Math.floor(x);
    case "ceil":
      return Math.ceil(x);
    case "round":
      return Math.floor(x + 0.5);
    case "sqrt":
      return Math.sqrt(x);
    case "exp":
      return exp(x);
    case "log":
      return ln(x);
    case "log2":
      return exactLog(x, 2) ?? ln(x) / Math.LN2;
    case "log10":
      return exactLog(x, 10) ?? ln(x) / Math.LN10;
  }
}

/** The logarithm of a power of the base, which the quotient of two logarithms misses by a bit: ln(1000) / ln(10) is below 3. */
function exactLog(x: number, base: 2 | 10): number | null {
  const whole = Math.round(ln(x) / (base === 2 ? Math.LN2 : Math.LN10));
  // Decimal powers as they are written: 1e-5 is not 1 / 1e5 to the last bit.
  return Number.isFinite(whole) && (base === 2 ? power(2, whole) : Number(`1e${whole}`)) === x ? whole : null;
}
