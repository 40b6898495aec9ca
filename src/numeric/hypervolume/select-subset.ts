import { type ObjectivePoint, pointsWithin } from "./check-points.ts";
import { addedVolume } from "./contributions.ts";

/**
 * Places of `count` of the points whose hypervolume is large: one after the other the point that adds most, which comes to 63 % of the largest possible
 * at least (Nemhauser, Wolsey and Fisher, 1978), in practice nearly all. Where no point adds anything, earlier ones come first. All places
 * where there are no more than `count` points; ascending.
 *
 * @throws RangeError as `hypervolume` does.
 */
export function selectSubset(
  points: readonly ObjectivePoint[],
  count: number,
  reference: ObjectivePoint,
): readonly number[] {
  pointsWithin(points, reference);
  const places = [...points.keys()];
  if (points.length <= count) return places;
  const chosen: ObjectivePoint[] = [];
  // A point adds the less the more are chosen: only those whose last known gain is the largest need another look.
  const gains = Float64Array.from(points, (point) => addedVolume(point, chosen, reference));
  const known = new Int32Array(points.length);
  const taken = new Set<number>();
  while (taken.size < count) {
    const best = places.reduce((a, b) => (taken.has(a) || (!taken.has(b) && gains[b]! > gains[a]!) ? b : a));
    if (known[best] === chosen.length) {
      taken.add(best);
      chosen.push(points[best]!);
    } else {
      gains[best] = addedVolume(points[best]!, chosen, reference);
      known[best] = chosen.length;
    }
  }
  return places.filter((place) => taken.has(place));
}
