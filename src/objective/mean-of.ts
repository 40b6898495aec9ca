import type { Trial } from "../trial/trial.ts";
import { metricValue } from "./metric-value.ts";

/** Mean of a metric over the trials that have a finite value of it; NaN where none has. */
export function meanOf(trials: readonly Trial[], metric: string): number {
  const values = trials.map((trial) => metricValue(trial, metric)).filter(Number.isFinite);
  const [first = Number.NaN] = values;
  let sum = 0;
  // Shifted by the first value, so that large values with small differences keep their digits.
  for (const value of values) sum += value - first;
  return first + sum / values.length;
}
