import { decodeNumber } from "../trial/encoded-number.ts";
import type { Trial } from "../trial/trial.ts";

/** The trial's value of a metric; NaN where it has none. */
export function metricValue(trial: Trial, metric: string): number {
  const { values } = trial;
  const value = Object.hasOwn(values, metric) ? values[metric] : undefined;
  return value === undefined ? Number.NaN : decodeNumber(value);
}
