import type { Metric } from "../trial/metric.ts";
import { comparePoints } from "./compare-points.ts";
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
  const order = points.map((_point, place) => place).sort((a, b) => comparePoints(points[a]!, points[b]!, metrics));
  // Whoever dominates a point comes before it, so that those kept so far decide.
  const front: number[] = [];
  for (const place of order) {
    const point = points[place]!;
    // Of two metrics only the newest can: what came before is as good in the first and no better in the second.
    const rivals = metrics.length <= 2 ? front.slice(-1) : front;
    if (!rivals.some((rival) => dominates(points[rival]!, point, metrics))) front.push(place);
  }
  return front.sort((a, b) => a - b);
}
