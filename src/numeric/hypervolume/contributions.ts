import { type ObjectivePoint, pointsWithin } from "./check-points.ts";
import { hypervolume } from "./hypervolume.ts";

/**
 * What each point adds to the hypervolume of the others: 0 for dominated ones, duplicates and those not better than the reference. See
 * {@link hypervolume}, whose errors it has.
 */
export function contributions(points: readonly ObjectivePoint[], reference: ObjectivePoint): Float64Array {
  pointsWithin(points, reference);
  return Float64Array.from(points, (point, i) => addedVolume(point, points.toSpliced(i, 1), reference));
}

/** What a point adds to the hypervolume of others: the box it dominates without what they dominate of it. */
export function addedVolume(
  point: ObjectivePoint,
  others: readonly ObjectivePoint[],
  reference: ObjectivePoint,
): number {
  if (pointsWithin([point], reference).length === 0) return 0;
  let box = 1;
  for (let d = 0; d < reference.length; d++) box *= reference[d]! - point[d]!;
  const limited = others.map((other) => Float64Array.from(other, (place, d) => Math.max(place, point[d]!)));
  if (limited.some((other) => other.every((place, d) => place === point[d]))) return 0;
  return Math.max(0, box - hypervolume(limited, reference));
}
