/**
 * At most `most` of the points, in their order: of each of as many columns as fit over the range of `x` those with the least and the
 * most `y`, so that what sticks out stays.
 */
export function thinPoints<P>(
  points: readonly P[],
  most: number,
  x: (point: P) => number,
  y: (point: P) => number,
): readonly P[] {
  if (points.length <= most) return points;
  const places = Int32Array.from(points, (_point, place) => place);
  const kept = thinPlaces(places, most, Float64Array.from(points, x), Float64Array.from(points, y));
  return Array.from(kept, (place) => points[place]!);
}

/** The same of places in two series. */
export function thinPlaces(places: Int32Array, most: number, x: ArrayLike<number>, y: ArrayLike<number>): Int32Array {
  if (places.length <= most) return places;
  const columns = Math.max(1, most >> 1);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    const at = x[place]!;
    if (at < low) low = at;
    if (at > high) high = at;
  }
  const span = high - low;
  const least = new Int32Array(columns).fill(-1);
  const greatest = new Int32Array(columns).fill(-1);
  for (const place of places) {
    const column = span > 0 ? Math.min(columns - 1, Math.floor(((x[place]! - low) / span) * columns)) : 0;
    const value = y[place]!;
    if (least[column]! < 0 || value < y[least[column]!]!) least[column] = place;
    if (greatest[column]! < 0 || value > y[greatest[column]!]!) greatest[column] = place;
  }
  const kept = new Set<number>();
  for (const ends of [least, greatest]) for (const place of ends) if (place >= 0) kept.add(place);
  return Int32Array.from(kept).sort();
}
