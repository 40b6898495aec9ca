import type { PointSpace } from "./point-space.ts";

/**
 * Indices of the points that were measured more than once, one list a configuration (see `PointSpace.key`). Keys are only made of
 * points whose sums agree: making text of each took a hundredth of a suggestion's time, and most histories have no repeats.
 */
export function repeatGroups(
  space: PointSpace,
  points: readonly Float64Array[],
  isMeasured: (index: number) => boolean,
): readonly (readonly number[])[] {
  const bySum = collect([...points.keys()].filter(isMeasured), (i) => sumOf(points[i]!));
  const repeated = [...bySum.values()].filter((alike) => alike.length > 1);
  const groups = repeated.flatMap((alike) => [...collect(alike, (i) => space.key(points[i]!)).values()]);
  return groups.filter((group) => group.length > 1);
}

/** A number that is equal for points of equal key. */
function sumOf(point: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < point.length; i++) {
    const place = point[i]!;
    sum += (i + 1) * (Number.isNaN(place) ? -1 : Math.round(place * 1e9));
  }
  return sum;
}

function collect<K>(indices: Iterable<number>, keyOf: (index: number) => K): Map<K, number[]> {
  const collected = new Map<K, number[]>();
  for (const i of indices) {
    const key = keyOf(i);
    const group = collected.get(key);
    if (group === undefined) collected.set(key, [i]);
    else group.push(i);
  }
  return collected;
}
