import { compareCoordinates } from "./compare-coordinates.ts";
import { isDominated } from "./is-dominated.ts";

/**
 * Places of the points that no other dominates, ascending, every coordinate to be made small; equal points all stay. NaN is refused with
 * a RangeError.
 */
export function undominatedPlaces(points: readonly ArrayLike<number>[]): readonly number[] {
  const order = [...points.keys()].sort((a, b) => compareCoordinates(points[a]!, points[b]!));
  const front: ArrayLike<number>[] = [];
  const places: number[] = [];
  for (const place of order) {
    const point = points[place]!;
    // Those that came last dominate most often.
    if (front.findLast((other) => isDominated(other, point)) !== undefined) continue;
    front.push(point);
    places.push(place);
  }
  return places.sort((a, b) => a - b);
}
