import type { Metric } from "../trial/metric.ts";
import { compareValues } from "./compare-values.ts";
import { frontShares } from "./front-scale.ts";

/**
 * Places of the nearest point of a front on each side of one: for each objective the nearest of those that are better in it, distances being those of the shares
 * between each objective's best and worst. Values in the order of the metrics.
 */
export function frontNeighbours(
  from: number,
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
): readonly number[] {
  const shares = frontShares(points, metrics);
  const distance = (place: number): number =>
    shares[place]!.reduce((sum, share, at) => sum + Math.abs(share - shares[from]![at]!), 0);
  const nearest = metrics.flatMap(({ direction }, at) => {
    const better = [...points.keys()].filter(
      (place) => compareValues(points[place]![at]!, points[from]![at]!, direction) < 0,
    );
    return better.sort((a, b) => distance(a) - distance(b) || a - b).slice(0, 1);
  });
  return [...new Set(nearest)];
}
