import { selectSubset } from "../numeric/hypervolume/select-subset.ts";
import { crowdingDistances } from "../numeric/pareto/crowding-distances.ts";
import { undominatedPlaces } from "../numeric/pareto/undominated-places.ts";
import type { TrialResult } from "./result-reader.ts";

/** Objectives up to which a front is thinned out by hypervolume, whose cost grows with every one more. */
const MOST_BY_VOLUME = 5;
/** How far beyond the worst of a front its hypervolume reaches, as a share of its range. */
const BEYOND = 0.1;

/**
 * At most so many of results whose objectives are finite, front by front; of a front too many for what is left those whose hypervolume is largest together (with
 * more than five objectives those with the farthest neighbours).
 */
export function bestResults(results: readonly TrialResult[], wanted: number): TrialResult[] {
  const best: TrialResult[] = [];
  let left = results;
  while (left.length > 0 && best.length < wanted) {
    const places = new Set(undominatedPlaces(left.map(({ point }) => point)));
    const front = left.filter((_result, place) => places.has(place));
    const room = wanted - best.length;
    best.push(...(front.length <= room ? front : thinned(front, room)));
    left = left.filter((_result, place) => !places.has(place));
  }
  return best;
}

function thinned(front: readonly TrialResult[], count: number): readonly TrialResult[] {
  const points = toUnitRanges(front.map(({ point }) => point));
  const dimension = points[0]!.length;
  if (dimension <= MOST_BY_VOLUME) {
    const reference = new Array<number>(dimension).fill(1 + BEYOND);
    return selectSubset(points, count, reference).map((place) => front[place]!);
  }
  const distances = crowdingDistances(points);
  const order = [...front.keys()].sort((a, b) => compareDistances(distances[a]!, distances[b]!) || a - b);
  return order.slice(0, count).map((place) => front[place]!);
}

function compareDistances(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

/** Each coordinate brought to [0, 1] by its least and most; 0 where they do not differ. */
function toUnitRanges(points: readonly Float64Array[]): readonly Float64Array[] {
  const low = points.reduce((a, b) => a.map((v, d) => Math.min(v, b[d]!)));
  const high = points.reduce((a, b) => a.map((v, d) => Math.max(v, b[d]!)));
  // Halved, so that no difference overflows.
  return points.map((point) =>
    point.map((v, d) => (high[d]! > low[d]! ? (v / 2 - low[d]! / 2) / (high[d]! / 2 - low[d]! / 2) : 0)),
  );
}
