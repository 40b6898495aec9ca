import type { Metric } from "../trial/metric.ts";
import { compareValues } from "./compare-values.ts";

/** Orders points best first by the first metric, equal ones by the next and so on; values in the order of the metrics. */
export function comparePoints(a: readonly number[], b: readonly number[], metrics: readonly Metric[]): number {
  return metrics.reduce((order, { direction }, place) => order || compareValues(a[place]!, b[place]!, direction), 0);
}
