import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import type { ArithmeticOperator, FunctionName } from "./expression.ts";

/** Power by repeated multiplication for whole exponents; equal bits everywhere, unlike the built-in one. */
export function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 4096) return exp(exponent * ln(base));
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
      return ln(x) / Math.LN2;
    case "log10":
      return ln(x) / Math.LN10;
  }
}
