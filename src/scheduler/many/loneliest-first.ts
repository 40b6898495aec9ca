import { crowdingDistances } from "../../numeric/pareto/crowding-distances.ts";

/** Places of the points of one front by how far their neighbours lie apart, farthest first; alike ones as they come. */
export function loneliestFirst(points: readonly ArrayLike<number>[]): readonly number[] {
  const distances = crowdingDistances(points);
  return [...points.keys()].sort((a, b) => compareDistances(distances[a]!, distances[b]!) || a - b);
}

/** Infinite ones are alike. */
function compareDistances(a: number, b: number): number {
  return a === b ? 0 : b - a;
}
