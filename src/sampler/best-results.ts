import { selectSubset } from "../numeric/hypervolume/select-subset.ts";
import { crowdingDistances } from "../numeric/pareto/crowding-distances.ts";
import { undominatedPlaces } from "../numeric/pareto/undominated-places.ts";
import { isWithin } from "./known-references.ts";
import { clipped } from "./reach-goals.ts";
import type { TrialResult } from "./result-reader.ts";

/** Objectives up to which a front is thinned out by hypervolume, whose cost grows with every one more. */
const MOST_BY_VOLUME = 5;
/** How far beyond the worst of a front its hypervolume reaches, as a share of its range. */
const BEYOND = 0.1;

/** What counts of results besides dominance; null for none. */
export interface Counting {
  /** See `ResultReader`. */
  readonly goals: Float64Array | null;
  readonly references: Float64Array | null;
}

/**
 * At most so many of results whose objectives are finite, front by front, those that are better than all references first; of a front too many for what is left those whose hypervolume is largest together (with
 * more than five objectives those with the farthest neighbours). What is better than its goal counts as the goal; results that are alike then are told apart by dominance of their raw values.
 */
export function bestResults(results: readonly TrialResult[], wanted: number, counting: Counting): TrialResult[] {
  const { goals, references } = counting;
  if (references === null) return frontByFront(results, wanted, counting);
  const inside = results.filter(({ point }) => isWithin(point, references));
  const best = frontByFront(inside, wanted, counting);
  const outside = results.filter(({ point }) => !isWithin(point, references));
  return [...best, ...frontByFront(outside, wanted - best.length, { goals, references: null })];
}

function frontByFront(results: readonly TrialResult[], wanted: number, { goals, references }: Counting): TrialResult[] {
  const best: TrialResult[] = [];
  let left: readonly Reached[] = results.map((result) => ({ result, point: clipped(result.point, goals) }));
  while (left.length > 0 && best.length < wanted) {
    const places = new Set(undominatedPlaces(left.map(({ point }) => point)));
    let front: readonly Reached[] = left.filter((_one, place) => places.has(place));
    left = left.filter((_one, place) => !places.has(place));
    while (front.length > 0 && best.length < wanted) {
      const first = goals === null ? front : undominatedTies(front);
      const room = wanted - best.length;
      best.push(...(first.length <= room ? first : thinned(first, room, references)).map(({ result }) => result));
      front = first === front ? [] : front.filter((one) => !first.includes(one));
    }
  }
  return best;
}

/** A result, and its objectives as far as they count. */
interface Reached {
  readonly result: TrialResult;
  readonly point: Float64Array;
}

/** Those that no other one dominates by raw values of those with the same point. */
function undominatedTies(front: readonly Reached[]): readonly Reached[] {
  const groups = Map.groupBy(front, ({ point }) => point.join());
  const kept = [...groups.values()].flatMap((group) =>
    undominatedPlaces(group.map(({ result }) => result.point)).map((place) => group[place]!),
  );
  return front.filter((one) => kept.includes(one));
}

/** Those whose points are the same as those of others add nothing, and come last. */
function thinned(front: readonly Reached[], count: number, references: Float64Array | null): readonly Reached[] {
  const ranges = rangesOf(front.map(({ point }) => point));
  const points = front.map(({ point }) => toUnitRanges(point, ranges));
  const dimension = points[0]!.length;
  if (dimension <= MOST_BY_VOLUME) {
    const usual = new Float64Array(dimension).fill(1 + BEYOND);
    const known = references === null ? usual : toUnitRanges(references, ranges);
    const reference = usual.map((place, d) => (known[d]! > 0 && Number.isFinite(known[d]!) ? known[d]! : place));
    return selectSubset(points, count, reference).map((place) => front[place]!);
  }
  const distances = crowdingDistances(points);
  const order = [...front.keys()].sort((a, b) => compareDistances(distances[a]!, distances[b]!) || a - b);
  return order.slice(0, count).map((place) => front[place]!);
}

function compareDistances(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

interface Ranges {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function rangesOf(points: readonly Float64Array[]): Ranges {
  return {
    low: points.reduce((a, b) => a.map((v, d) => Math.min(v, b[d]!))),
    high: points.reduce((a, b) => a.map((v, d) => Math.max(v, b[d]!))),
  };
}

/** Each coordinate brought to [0, 1] by its least and most; 0 where they do not differ. */
function toUnitRanges(point: Float64Array, { low, high }: Ranges): Float64Array {
  // Halved, so that no difference overflows.
  return point.map((v, d) => (high[d]! > low[d]! ? (v / 2 - low[d]! / 2) / (high[d]! / 2 - low[d]! / 2) : 0));
}
