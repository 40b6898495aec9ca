import { dominanceRanks } from "./dominance-ranks.ts";

/**
 * As `dominanceRanks`, with points that are equal told apart by others: within a rank those come first that none dominates by `ties`, of the points
 * equal to them. Entries belong together one by one. NaN is refused with a RangeError.
 */
export function tiedRanks(points: readonly ArrayLike<number>[], ties: readonly ArrayLike<number>[]): Int32Array {
  const ranks = dominanceRanks(points);
  const within = ranksWithin(points, ties);
  const ranked = [...points.keys()].sort((a, b) => ranks[a]! - ranks[b]! || within[a]! - within[b]!);
  const joined = new Int32Array(points.length);
  for (const [k, place] of ranked.entries()) {
    const before = ranked[k - 1];
    if (before === undefined) continue;
    const isSame = ranks[before] === ranks[place] && within[before] === within[place];
    joined[place] = joined[before]! + (isSame ? 0 : 1);
  }
  return joined;
}

/** Of each point its rank by `ties` among the points equal to it. */
function ranksWithin(points: readonly ArrayLike<number>[], ties: readonly ArrayLike<number>[]): Int32Array {
  const groups = new Map<string, number[]>();
  for (const [place, point] of points.entries()) {
    const key = Array.from(point).join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  }
  const within = new Int32Array(points.length);
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const own = dominanceRanks(group.map((place) => ties[place]!));
    for (const [k, rank] of own.entries()) within[group[k]!] = rank;
  }
  return within;
}
