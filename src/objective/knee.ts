import type { Metric } from "../trial/metric.ts";
import { comparePoints } from "./compare-points.ts";
import { frontShares } from "./front-scale.ts";

/** A sum of shares that is smaller than this is below the plane through the ends, whatever rounding does. */
const BELOW = 1 - 1e-9;

/**
 * The place of the point at which a front bends most: with each objective scaled to its ends on the front, the one farthest below the plane through
 * (1, 0, ...), (0, 1, 0, ...) and so on, which the ends span with two objectives (the normal boundary intersection of Das and Dennis,
 * SIAM J. Optim. 8, 1998, seen from the knee as in Das, Struct. Optim. 18, 1999). A front that bends nowhere below it has no such point: then the one whose
 * worst share is least. Null for no points. Values in the order of the metrics.
 *
 * @param among - places to choose from; default: all.
 */
export function kneeOf(
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
  among: readonly number[] = points.map((_, place) => place),
): number | null {
  const shares = frontShares(points, metrics);
  const sum = (place: number): number => shares[place]!.reduce((total, share) => total + share, 0);
  const worst = (place: number): number => Math.max(...shares[place]!);
  const bends = among.some((place) => sum(place) < BELOW);
  const measure = bends ? sum : worst;
  const order = (a: number, b: number): number =>
    measure(a) - measure(b) || sum(a) - sum(b) || comparePoints(points[a]!, points[b]!, metrics) || a - b;
  return among.toSorted(order)[0] ?? null;
}
