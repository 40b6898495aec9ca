import type { RandomStream } from "../../../numeric/random/stream-source.ts";
import { ln } from "../../../numeric/special/ln.ts";

/** What the sum counts beside the largest part, so that of points with the same largest part the better wins. */
const AUGMENTED = 0.05;

/**
 * One number for a point of several objectives: the largest of its weighted shares of each one's range, and a little of their sum (augmented
 * Chebyshev scalarisation: Knowles, "ParEGO", 2006), with weights drawn uniformly from all that sum up to 1. A range ends at the reference, where there is one.
 */
export function chebyshevOf(
  points: readonly ArrayLike<number>[],
  dimension: number,
  stream: RandomStream,
  references: Float64Array | null = null,
): (point: ArrayLike<number>) => number {
  const weights = Array.from({ length: dimension }, () => -ln(1 - stream.float()));
  return weightedOf(points, weights, references);
}

/** The same by given weights; `points` are those whose range counts. */
export function weightedOf(
  points: readonly ArrayLike<number>[],
  weights: readonly number[],
  references: Float64Array | null = null,
): (point: ArrayLike<number>) => number {
  const total = weights.reduce((sum, part) => sum + part, 0);
  const scales = weights.map((part, d) => {
    const [low, worst] = rangeOf(points, d);
    const high = references !== null && references[d]! > low ? Math.min(worst, references[d]!) : worst;
    const range = high / 2 - low / 2;
    return { low, weight: range > 0 ? part / (total * range) : 0 };
  });
  return (point) => {
    let most = 0;
    let sum = 0;
    for (const [d, { low, weight }] of scales.entries()) {
      const share = weight === 0 ? 0 : weight * (point[d]! / 2 - low / 2);
      most = Math.max(most, share);
      sum += share;
    }
    return most + AUGMENTED * sum;
  };
}

function rangeOf(points: readonly ArrayLike<number>[], d: number): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    low = Math.min(low, point[d]!);
    high = Math.max(high, point[d]!);
  }
  return [low, high];
}
