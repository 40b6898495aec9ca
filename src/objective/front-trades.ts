import type { Metric } from "../trial/metric.ts";
import { compareValues } from "./compare-values.ts";

/** What going from a point of a front to its end in one objective gains there, and what is given up elsewhere. */
export interface FrontTrade {
  /** The objective that is best at the end, and by how much it is better there. */
  readonly metric: string;
  readonly gain: number;
  /** Place of the end. */
  readonly to: number;
  /** Each objective that is worse there: by how much, and by how much for each unit gained. */
  readonly costs: readonly { readonly metric: string; readonly loss: number; readonly perUnit: number }[];
}

/** Trades from a point to each end of the front at which something is gained. Values in the order of the metrics. */
export function tradesFrom(
  from: number,
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
): readonly FrontTrade[] {
  const own = points[from]!;
  return metrics.flatMap(({ name, direction }, at): readonly FrontTrade[] => {
    const to = endOf(points, metrics, at);
    const gain = Math.abs(points[to]![at]! - own[at]!);
    if (!(gain > 0) || compareValues(points[to]![at]!, own[at]!, direction) >= 0) return [];
    const costs = metrics.flatMap((other, place) => {
      const loss = Math.abs(points[to]![place]! - own[place]!);
      const isWorse = compareValues(points[to]![place]!, own[place]!, other.direction) > 0;
      return isWorse ? [{ metric: other.name, loss, perUnit: loss / gain }] : [];
    });
    return [{ metric: name, gain, to, costs }];
  });
}

/** The place of the point that is best in one objective; of equal ones that which is better in the first other one. */
export function endOf(points: readonly (readonly number[])[], metrics: readonly Metric[], at: number): number {
  const first = [at, ...metrics.map((_, place) => place).filter((place) => place !== at)];
  const order = (a: number, b: number): number =>
    first.reduce(
      (found, place) => found || compareValues(points[a]![place]!, points[b]![place]!, metrics[place]!.direction),
      0,
    ) || a - b;
  return points.map((_, place) => place).sort(order)[0]!;
}
