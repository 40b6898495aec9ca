import { studentQuantile } from "../numeric/special/student-quantile.ts";

const CONFIDENCE = 0.95;

/** Where a mean of `runs` runs with a standard error lies, at 95 % by Student's t; null of one run, of which nobody can tell. */
export function meanInterval(
  mean: number,
  error: number | null,
  runs: number,
): { readonly low: number; readonly high: number } | null {
  if (error === null || runs < 2) return null;
  const reach = error === 0 ? 0 : error * studentQuantile(CONFIDENCE, runs - 1);
  return { low: mean - reach, high: mean + reach };
}
