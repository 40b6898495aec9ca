import type { CompareOperator } from "./expression.ts";

const TOLERANCE = 1e-9;

/** Equal but for rounding: within a billionth of the larger one. Whole numbers have no rounding. */
export function nearlyEqual(a: number, b: number): boolean {
  if (a === b) return true;
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) return false;
  const scale = Math.max(Math.abs(a), Math.abs(b));
  return scale < Number.POSITIVE_INFINITY && Math.abs(a - b) <= TOLERANCE * scale;
}

/** Comparison in which rounding does not count: 0.1 + 0.2 == 0.3 and 0.1 + 0.2 <= 0.3 are true, 0.1 + 0.2 > 0.3 is false. */
export function compareNumbers(operator: CompareOperator, a: number, b: number): boolean {
  switch (operator) {
    case "==":
      return nearlyEqual(a, b);
    case "!=":
      return !nearlyEqual(a, b);
    case "<":
      return a < b && !nearlyEqual(a, b);
    case "<=":
      return a <= b || nearlyEqual(a, b);
    case ">":
      return a > b && !nearlyEqual(a, b);
    case ">=":
      return a >= b || nearlyEqual(a, b);
  }
}
