import type { Metric } from "../trial/metric.ts";

/** Goals of objectives that are all to be made small, -Infinity where there is none; null without any. */
export function goalsToReach(metrics: readonly Metric[]): Float64Array | null {
  if (metrics.every(({ goal }) => goal === undefined)) return null;
  return Float64Array.from(metrics, ({ goal, direction }) => {
    if (goal === undefined) return Number.NEGATIVE_INFINITY;
    return direction === "minimize" ? goal : -goal;
  });
}

/** A point with what is better than its goal taken for the goal; the point itself without goals. */
export function clipped(point: Float64Array, goals: Float64Array | null): Float64Array {
  return goals === null ? point : point.map((value, d) => Math.max(value, goals[d]!));
}

/** True where every objective has a goal and the point meets them all, so that nothing is left to be gained by goals. */
export function meetsAll(point: Float64Array, goals: Float64Array): boolean {
  return goals.every((goal, d) => point[d]! <= goal);
}
