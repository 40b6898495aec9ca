import type { Metric } from "../trial/metric.ts";

/**
 * How far each objective of each point is from the best value on the front, as a share of the way to the worst one there: 0 at the best, 1 at the
 * worst, 0 for all where all are alike. Values in the order of the metrics; what is not finite is infinitely far.
 *
 * @param front - the points whose best and worst values count; default: all.
 */
export function frontShares(
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
  front: readonly (readonly number[])[] = points,
): readonly (readonly number[])[] {
  const ends = metrics.map(({ direction }, at) => {
    const finite = front.map((point) => point[at]!).filter(Number.isFinite);
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    return direction === "minimize" ? { best: low, worst: high } : { best: high, worst: low };
  });
  return points.map((point) => point.map((value, at) => shareOf(value, ends[at]!)));
}

function shareOf(value: number, { best, worst }: { readonly best: number; readonly worst: number }): number {
  if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY;
  return best === worst ? 0 : (value - best) / (worst - best);
}
