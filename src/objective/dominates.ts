import type { Metric } from "../trial/metric.ts";
import { compareValues } from "./compare-values.ts";

/** True when `a` is nowhere worse than `b` and somewhere better; values in the order of the metrics, non-finite ones worst. */
export function dominates(a: readonly number[], b: readonly number[], metrics: readonly Metric[]): boolean {
  let better = false;
  for (const [i, { direction }] of metrics.entries()) {
    const order = compareValues(a[i]!, b[i]!, direction);
    if (order > 0) return false;
    if (order < 0) better = true;
  }
  return better;
}

/** Places of the points that no other dominates, in their order; equal points all stay. */
export function nonDominated(points: readonly (readonly number[])[], metrics: readonly Metric[]): readonly number[] {
  const front: number[] = [];
  for (const [i, point] of points.entries()) {
    if (front.some((j) => dominates(points[j]!, point, metrics))) continue;
    for (let k = front.length - 1; k >= 0; k--) if (dominates(point, points[front[k]!]!, metrics)) front.splice(k, 1);
    front.push(i);
  }
  return front;
}
