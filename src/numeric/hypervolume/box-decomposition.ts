import { type ObjectivePoint, pointsWithin } from "./check-points.ts";

/** Boxes side by side, which do not overlap; box k is `lower[k * dimension + d]` to `upper[k * dimension + d]`. */
export interface Boxes {
  readonly dimension: number;
  readonly count: number;
  /** -Infinity where the box has no end. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The part of the space below the reference that no point dominates (every coordinate to be made small), as boxes: its corners are the
 * local upper bounds of the points, and the boxes those of the space that these corners dominate when looked at from the
 * other side (Lacour, Klamroth and Fonseca, "A box decomposition algorithm to compute the hypervolume indicator", 2017).
 * The number of boxes grows with that of the points in two and three dimensions, with its square in four and five.
 *
 * @throws RangeError as `hypervolume` does.
 */
export function undominatedBoxes(points: readonly ObjectivePoint[], reference: ObjectivePoint): Boxes {
  const within = pointsWithin(points, reference).map((point) => Float64Array.from(point));
  const corners = localUpperBounds(within, Float64Array.from(reference)).map(({ corner }) => corner.map((v) => -v));
  const end = new Float64Array(reference.length).fill(Number.POSITIVE_INFINITY);
  const { dimension, count, lower, upper } = dominatedBoxes(corners, end);
  return { dimension, count, lower: upper.map((v) => -v), upper: lower.map((v) => -v) };
}

/** The part of the space below the reference that points dominate, as boxes. */
function dominatedBoxes(points: readonly Float64Array[], reference: Float64Array): Boxes {
  const { length: dimension } = reference;
  const lower: number[] = [];
  const upper: number[] = [];
  for (const { corner, defining } of localUpperBounds(points, reference)) {
    const low = [corner[0]!];
    for (let d = 1; d < dimension; d++) {
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < d; k++) most = Math.max(most, defining[k]![d]!);
      low.push(most);
    }
    const high = [reference[0]!, ...corner.subarray(1)];
    if (low.some((place, d) => place >= high[d]!)) continue;
    lower.push(...low);
    upper.push(...high);
  }
  const count = lower.length / dimension;
  return { dimension, count, lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
}

interface UpperBound {
  readonly corner: Float64Array;
  /** By coordinate, the point that the corner has it from. */
  readonly defining: readonly Float64Array[];
}

/**
 * The largest corners of boxes without an end below that no point lies inside of (Klamroth, Lacour and Vanderpooten, "On the
 * representation of the search region in multi-objective optimization", 2015, algorithm 3).
 */
function localUpperBounds(points: readonly Float64Array[], reference: Float64Array): readonly UpperBound[] {
  const ends = Array.from(reference, (place, d) => {
    return new Float64Array(reference.length).fill(Number.NEGATIVE_INFINITY).with(d, place);
  });
  let bounds: readonly UpperBound[] = [{ corner: reference, defining: ends }];
  for (const point of points) {
    const next: UpperBound[] = [];
    for (const bound of bounds) {
      if (point.every((place, d) => place < bound.corner[d]!)) next.push(...split(bound, point));
      else next.push(bound);
    }
    bounds = next;
  }
  return bounds;
}

/** What is left of a corner's box without what a point inside it dominates, without corners that others lie above. */
function split({ corner, defining }: UpperBound, point: Float64Array): readonly UpperBound[] {
  const parts: UpperBound[] = [];
  for (let d = 0; d < corner.length; d++) {
    if (!defining.every((other, k) => k === d || other[d]! <= point[d]!)) continue;
    parts.push({ corner: corner.with(d, point[d]!), defining: defining.with(d, point) });
  }
  return parts;
}
