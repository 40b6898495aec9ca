import { compareCoordinates } from "./compare-coordinates.ts";
import { isDominated } from "./is-dominated.ts";

/**
 * For each point how many fronts come before its own: 0 where no other dominates it, every coordinate to be made small; equal points share a
 * front. Points are put on fronts in the order of their coordinates, each on the first whose points leave it undominated (Zhang, Tian, Cheng and Jin, "An
 * efficient approach to nondominated sorting for evolutionary multiobjective optimization", 2015). NaN is refused with a RangeError.
 */
export function dominanceRanks(points: readonly ArrayLike<number>[]): Int32Array {
  const order = [...points.keys()].sort((a, b) => compareCoordinates(points[a]!, points[b]!));
  const ranks = new Int32Array(points.length);
  const fronts: number[][] = [];
  for (const i of order) {
    const point = points[i]!;
    let rank = 0;
    while (rank < fronts.length && isDominatedByOne(fronts[rank]!, points, point)) rank += 1;
    ranks[i] = rank;
    if (rank === fronts.length) fronts.push([i]);
    else fronts[rank]!.push(i);
  }
  return ranks;
}

/** Those that came last dominate most often. */
function isDominatedByOne(front: readonly number[], points: readonly ArrayLike<number>[], point: ArrayLike<number>) {
  for (let k = front.length - 1; k >= 0; k--) if (isDominated(points[front[k]!]!, point)) return true;
  return false;
}
