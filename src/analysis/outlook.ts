import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../numeric/random/stream-source.ts";
import { exp } from "../numeric/special/exp.ts";
import { ln } from "../numeric/special/ln.ts";
import { Configurations, rankConfigurations } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import type { GaussianProcess } from "../surrogate/gp/gaussian-process.ts";
import { warpOutputs } from "../surrogate/gp/output-warp.ts";
import { PointSpace } from "../surrogate/gp/point-space.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { rankCorrelation } from "./rank-correlation.ts";
import { studyModel } from "./study-model.ts";
import { usefulRange } from "./useful-range.ts";

/** What going on is worth: the best value that a model of the results expects after half as many trials again. */
export interface Outlook {
  /** How many trials that is, of any end: as many of these are taken to be completed as before. */
  readonly more: number;
  /** The best value so far. */
  readonly best: number;
  readonly expected: number;
  /** Between these it lies with 95 %. */
  readonly low: number;
  readonly high: number;
  /** How likely it is better than the best so far at all, from 0 to 1. */
  readonly chance: number;
}

const ENDED: readonly number[] = (["complete", "pruned", "failed"] as const).map((state) => STATE_CODES.indexOf(state));
const LEAST_CONFIGURATIONS = 20;
/** Configurations that the model is made of at most: half the best, half the newest of the others. */
const MOST_LEARNT = 100;
/** Of those that are run last, how many say where the next ones will lie. */
const NEWEST_SHARE = 1 / 3;
const MOST_NEWEST = 200;
/** How far beside the best ones next ones may lie, as a share of an axis: from so little to so much, as likely in each order of magnitude. */
const NEAR = [0.01, 0.3] as const;
const NEAREST = 5;
/** Next ones that are drawn at most of either kind, how many of these are looked at, and how often. */
const MOST_DRAWN = 512;
const LOOKED_AT = 32;
const FUTURES = 400;
/** The model must put the results in order at least so well when it has not seen them (rank correlation). */
const LEAST_ORDER = 0.25;
const OUTSIDE = 0.025;
/** Degrees of freedom of the spread of a future: the model's is itself only an estimate. */
const FREEDOM = 4;
/**
 * Each so many futures bring nothing, as any trials may, or what the newest third brought, up to so many times as much: a sampler that learns goes beyond
 * what a model of its results knows.
 */
const PAST_EACH = 3;
const PAST_REACH = 3;

/**
 * Goes on in the mind: draws where the next trials will lie from where the newest ones and the best ones lie, and their values together from a Gaussian
 * process on the results, many times. Null where no model can tell: with few results, several objectives or limits, and where the
 * model foretells nothing of results that it has not seen.
 */
export function outlook(
  trials: Iterable<Trial>,
  metrics: readonly Metric[],
  space: Space,
  limits: readonly string[] = [],
): Outlook | null {
  const [metric] = metrics;
  const points = new PointSpace(space);
  if (metric === undefined || metrics.length > 1 || limits.length > 0 || points.size === 0) return null;
  const list = TrialList.of(trials);
  const configurations = Configurations.of(list, [metric]);
  if (configurations.length < LEAST_CONFIGURATIONS) return null;
  const sign = metric.direction === "minimize" ? 1 : -1;
  const means = configurations.means(metric.name);
  const { places: ranked } = rankConfigurations(configurations, metric);
  const learnt = learntOf(ranked);
  const pointOf = (place: number): Float64Array => points.fromParams(configurations.at(place).first.params);
  const raw = learnt.map((place) => sign * means[place]!);
  const [, worst] = usefulRange(raw, "minimize");
  const values = warpOutputs(
    raw.map((value) => Math.min(value, worst)),
    "identity",
  );
  const model = studyModel(points, learnt.map(pointOf), values, 2 * LOOKED_AT);
  if (foretold(model, values) < LEAST_ORDER) return null;
  const stream = keyedStreams(0, configurations.length).stream("outlook");
  const newest = newestOf(configurations.length).map(pointOf);
  const near = Array.from(ranked.subarray(0, NEAREST), pointOf);
  const next = [newest, near].map((from, beside) =>
    nextPoints(
      points,
      { from, beside: beside === 1, count: Math.min(Math.ceil(configurations.length / 2), MOST_DRAWN) },
      stream,
    ),
  );
  const best = sign * means[ranked[0]!]!;
  const toRaw = scaleOf(raw, values);
  const gained = Math.max(0, bestOf(means, sign, Math.ceil(means.length * (1 - NEWEST_SHARE))) - best);
  const futures = futuresOf(model, next, stream).map((value, future) =>
    future % PAST_EACH === 0
      ? best - gained * Math.max(0, PAST_REACH * (2 * stream.float() - 1))
      : Math.min(best, toRaw(value)),
  );
  return { more: Math.ceil(endedOf(list) / 2), ...summed(futures, best, sign) };
}

function endedOf({ states, hidden }: TrialList): number {
  return states.reduce((count, state, place) => count + Number(ENDED.includes(state) && hidden[place] === 0), 0);
}

function learntOf(ranked: Int32Array): readonly number[] {
  if (ranked.length <= MOST_LEARNT) return [...ranked].sort((a, b) => a - b);
  const chosen = new Set(ranked.subarray(0, MOST_LEARNT / 2));
  for (let place = ranked.length - 1; chosen.size < MOST_LEARNT; place--) chosen.add(place);
  return [...chosen].sort((a, b) => a - b);
}

function newestOf(length: number): readonly number[] {
  const count = Math.min(MOST_NEWEST, Math.ceil(length * NEWEST_SHARE));
  return Array.from({ length: count }, (_none, k) => length - count + k);
}

/** Back to the unit of the results, which were only shifted and scaled. */
function scaleOf(raw: readonly number[], values: Float64Array): (value: number) => number {
  let [least, most] = [0, 0];
  for (const [place, value] of values.entries()) {
    if (value < values[least]!) least = place;
    if (value > values[most]! || (value === values[most]! && raw[place]! < raw[most]!)) most = place;
  }
  const slope = (raw[most]! - raw[least]!) / (values[most]! - values[least]!);
  return (value) => raw[least]! + slope * (value - values[least]!);
}

/** The best of the first so many, to be made small. */
function bestOf(means: Float64Array, sign: number, count: number): number {
  return means.subarray(0, count).reduce((best, mean) => Math.min(best, sign * mean), Number.POSITIVE_INFINITY);
}

/** How well the model puts in order what it has not seen. */
function foretold(model: GaussianProcess, values: Float64Array): number {
  const { residual } = model.leaveOneOut();
  return rankCorrelation(
    values,
    values.map((value, place) => value + residual[place]!),
  );
}

interface Drawn {
  readonly from: readonly Float64Array[];
  /** Close to them at any scale, or around them as far off as these lie from each other. */
  readonly beside: boolean;
  readonly count: number;
}

/** Configurations as the next ones may be. */
function nextPoints(space: PointSpace, { from, beside, count }: Drawn, stream: RandomStream): readonly Float64Array[] {
  const reach = space.axes.map((_axis, k) => spreadOf(from, k));
  const shrink = exp(-ln(from.length) / (space.size + 4));
  const next: Float64Array[] = [];
  for (let tries = 0; next.length < count && tries < 10 * count; tries++) {
    const point = from[stream.int(from.length)]!.slice();
    const around = NEAR[0] * exp(ln(NEAR[1] / NEAR[0]) * stream.float());
    for (const [k, { kind }] of space.axes.entries()) {
      const far = beside ? around : reach[k]! * shrink;
      if (kind === "numeric") point[k] = inside(point[k]! + far * stream.normal());
      else if (stream.float() < far) point[k] = space.uniform(k, stream.float());
    }
    space.settle(point, (axis) => space.uniform(axis, stream.float()));
    if (space.isFeasible(point)) next.push(point);
  }
  return next;
}

/** Standard deviation of the places on an axis, which of even ones is 0.29; of single values the share that is not the most frequent one. */
function spreadOf(points: readonly Float64Array[], axis: number): number {
  const places = points.map((point) => point[axis]!).filter((place) => !Number.isNaN(place));
  if (places.length < 2) return 0.29;
  const mean = places.reduce((sum, place) => sum + place / places.length, 0);
  return Math.min(
    0.5,
    Math.sqrt(places.reduce((sum, place) => sum + (place - mean) * (place - mean), 0) / places.length),
  );
}

/** Reflected at the ends. */
function inside(place: number): number {
  const folded = Math.abs(place) % 2;
  return folded > 1 ? 2 - folded : folded;
}

/**
 * The best value among the next ones, in the model's unit, as often as they are run in the mind: half of the times around the newest alone,
 * as a sampler does that learns little, half of the times beside the best too.
 */
function futuresOf(
  model: GaussianProcess,
  next: readonly (readonly Float64Array[])[],
  stream: RandomStream,
): Float64Array {
  const looked = next.map((points) => promising(model, points));
  const all = looked.flat();
  const draws = Array.from({ length: FUTURES }, () => {
    const width = spread(stream);
    return Float64Array.from(all, () => width * stream.normal());
  });
  model.fantasize(all, draws);
  const noise = Math.sqrt(exp(model.hyper.noise));
  const drawn = model.predict(all).mean;
  return Float64Array.from({ length: FUTURES }, (_none, future) => {
    let best = Number.POSITIVE_INFINITY;
    const count = future % 2 === 0 ? looked[0]!.length : all.length;
    for (let k = 0; k < count; k++) best = Math.min(best, drawn[k * FUTURES + future]! + noise * stream.normal());
    return best;
  });
}

function promising(model: GaussianProcess, points: readonly Float64Array[]): readonly Float64Array[] {
  if (points.length <= LOOKED_AT) return points;
  const { mean, variance } = model.predict(points);
  const promise = mean.map((value, k) => value - 2 * Math.sqrt(variance[k]!));
  const order = Array.from(points.keys()).sort((a, b) => promise[a]! - promise[b]!);
  return order.slice(0, LOOKED_AT).map((k) => points[k]!);
}

/** What makes Student's t of a normal number. */
function spread(stream: RandomStream): number {
  let squares = 0;
  for (let k = 0; k < FREEDOM; k++) {
    const one = stream.normal();
    squares += one * one;
  }
  return Math.sqrt(FREEDOM / squares);
}

function summed(futures: Float64Array, best: number, sign: number): Omit<Outlook, "more"> {
  const sorted = futures.toSorted();
  const at = (share: number): number => sign * sorted[Math.round(share * (sorted.length - 1))]!;
  const expected = sign * sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  const ends = [at(OUTSIDE), at(1 - OUTSIDE)] as const;
  const better = sorted.reduce((count, value) => count + Number(value < best), 0);
  return {
    best: sign * best,
    expected,
    low: Math.min(...ends),
    high: Math.max(...ends),
    chance: better / sorted.length,
  };
}
