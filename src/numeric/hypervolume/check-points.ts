/** A point of so many objectives, each to be made small. */
export type ObjectivePoint = ArrayLike<number>;

/**
 * The points that are better than the reference in every coordinate, for only these cover anything.
 *
 * @throws RangeError for a reference that is not finite, points of another dimension, NaN, and -Infinity, which would cover everything.
 */
export function pointsWithin(points: readonly ObjectivePoint[], reference: ObjectivePoint): readonly ObjectivePoint[] {
  const { length } = reference;
  if (length === 0) throw new RangeError("a reference has one coordinate at least");
  for (let d = 0; d < length; d++)
    if (!Number.isFinite(reference[d]!)) throw new RangeError(`the reference is ${reference[d]} in coordinate ${d}`);
  return points.filter((point, i) => {
    if (point.length !== length)
      throw new RangeError(`point ${i} has ${point.length} coordinates, the reference ${length}`);
    let within = true;
    for (let d = 0; d < length; d++) {
      const place = point[d]!;
      if (Number.isNaN(place) || place === Number.NEGATIVE_INFINITY)
        throw new RangeError(`point ${i} is ${place} in coordinate ${d}`);
      within &&= place < reference[d]!;
    }
    return within;
  });
}
