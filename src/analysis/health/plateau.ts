import { keepsLimits, type Limit } from "../../objective/index.ts";
import { STATE_CODES } from "../../trial/history-view.ts";
import { finiteValues } from "../../trial/list/finite-values.ts";
import type { TrialList } from "../../trial/list/trial-list.ts";
import type { Metric } from "../../trial/metric.ts";
import type { FrontPoint } from "../front-point.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/** For how long a study has found nothing better. */
export interface Plateau {
  /** Complete trials, and those among them behind the last one that was better by what matters. */
  readonly trials: number;
  readonly since: number;
  /** Number of that one. */
  readonly last: number;
  /** What the objective has gained since, in its own unit, and before; null with several objectives. */
  readonly gained: { readonly since: number; readonly before: number } | null;
}

/** Trials that say where a study came from: samplers cover the space with as many. */
const START = 20;
/** Less than this share of what was gained in all does not matter. */
const MATTERS = 0.01;
/** At least so many trials, and so large a share of all, have to be for nothing: see docs/guide/health.md. */
const FEWEST = 50;
const SHARE = 0.75;

/**
 * How long one objective was not better by a hundredth of what was gained over the median of the first trials, or nothing came to a
 * front; null where that is not long.
 */
export function plateau(
  list: TrialList,
  metrics: readonly Metric[],
  limits: readonly Limit[],
  front: readonly FrontPoint[],
): Plateau | null {
  const places = completePlaces(list, metrics);
  if (places.length < FEWEST || front.length === 0) return null;
  const [metric] = metrics;
  const found = metrics.length === 1 ? ofOne(list, places, metric!, limits) : ofFront(list, places, front);
  return found === null || found.since < Math.max(FEWEST, SHARE * found.trials) ? null : found;
}

function completePlaces(list: TrialList, metrics: readonly Metric[]): Int32Array {
  const { states, hidden, replicates } = list;
  const hasValues = finiteValues(list, metrics);
  const places = new Int32Array(list.length);
  let count = 0;
  for (let place = 0; place < list.length; place++)
    if (states[place] === COMPLETE && hidden[place] === 0 && replicates[place] === 0 && hasValues(place))
      places[count++] = place;
  return places.subarray(0, count);
}

function ofOne(list: TrialList, places: Int32Array, metric: Metric, limits: readonly Limit[]): Plateau | null {
  const sign = metric.direction === "minimize" ? 1 : -1;
  const values = list.values(metric.name);
  const records: { readonly count: number; readonly place: number; readonly value: number }[] = [];
  let bar = Number.POSITIVE_INFINITY;
  for (let count = 0; count < places.length; count++) {
    const place = places[count]!;
    const value = sign * values[place]!;
    if (!(value < bar) || (limits.length > 0 && !keepsLimits(list.at(place)!, limits))) continue;
    bar = value;
    records.push({ count, place, value });
  }
  const best = records.at(-1);
  if (best === undefined) return null;
  const start = medianOf(Array.from(places.subarray(0, START), (place) => sign * values[place]!));
  const gain = start - best.value;
  if (!(gain > 0) || !Number.isFinite(gain)) return null;
  // The first that left less than what matters to be gained.
  const last = records.find(({ value }) => value - best.value <= MATTERS * gain)!;
  const since = last.value - best.value;
  return {
    trials: places.length,
    since: places.length - 1 - last.count,
    last: list.numbers[last.place]!,
    gained: { since, before: gain - since },
  };
}

/** Whatever once came to the front and is not there any more was driven out by something newer that is, or by what drove that out. */
function ofFront(list: TrialList, places: Int32Array, front: readonly FrontPoint[]): Plateau | null {
  const last = front.reduce((newest, { number }) => Math.max(newest, number), -1);
  const count = places.findLastIndex((place) => list.numbers[place]! <= last);
  return { trials: places.length, since: places.length - 1 - count, last, gained: null };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  return low === high ? low : low / 2 + high / 2;
}
