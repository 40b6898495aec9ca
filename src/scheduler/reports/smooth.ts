import type { OptionReader } from "../../component/option-reader.ts";

const MOST = 1_000;

/** The option `smooth`: of how many steps a value is the mean. */
export function readSmooth(reader: OptionReader): number {
  return reader.integer("smooth", { default: 1, low: 1, high: MOST });
}

/** `loss`, or `loss (mean of 3 steps)`. */
export function smoothedName(metric: string, smooth: number): string {
  return smooth === 1 ? metric : `${metric} (mean of ${smooth} steps)`;
}
