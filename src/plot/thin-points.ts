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
  const columns = Math.max(1, most >> 1);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const point of points) {
    const at = x(point);
    if (at < low) low = at;
    if (at > high) high = at;
  }
  const span = high - low;
  const least = new Int32Array(columns).fill(-1);
  const greatest = new Int32Array(columns).fill(-1);
  points.forEach((point, place) => {
    const column = span > 0 ? Math.min(columns - 1, Math.floor(((x(point) - low) / span) * columns)) : 0;
    const value = y(point);
    if (least[column]! < 0 || value < y(points[least[column]!]!)) least[column] = place;
    if (greatest[column]! < 0 || value > y(points[greatest[column]!]!)) greatest[column] = place;
  });
  const kept = new Set<number>();
  for (let column = 0; column < columns; column++)
    for (const place of [least[column]!, greatest[column]!]) if (place >= 0) kept.add(place);
  return [...kept].sort((a, b) => a - b).map((place) => points[place]!);
}
