import type { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { GaussianProcess } from "../../surrogate/gp/gaussian-process.ts";
import { unwarp } from "../../surrogate/gp/unwarp.ts";
import type { Metric } from "../../trial/metric.ts";
import { goalsToReach } from "../reach-goals.ts";
import type { SuggestionWhy } from "../suggestion-why.ts";
import { LogExpectedImprovement } from "./acquisition.ts";
import { effortFor } from "./effort.ts";
import { fantasiesOf } from "./fantasies.ts";
import { feasibilityOf } from "./feasibility.ts";
import { goalFloor } from "./goal-floor.ts";
import type { GpOptions } from "./gp-options.ts";
import { fitCount, type HyperSchedule } from "./hyper-schedule.ts";
import type { KnownPlaces } from "./known-places.ts";
import type { Observations } from "./observations.ts";
import { type Candidate, searchAcquisition } from "./search.ts";
import { type TrainingSet, trainingSet } from "./training-set.ts";
import { TrustBox } from "./trust-box.ts";
import { trustLength } from "./trust-length.ts";
import { leapOf, turnOf } from "./turn.ts";

const MOST_GLOBAL_DIMENSION = 20;

/** What one proposal by the model starts from. */
export interface ModelTask {
  /** Number of the trial. */
  readonly number: number;
  readonly metric: Metric;
  readonly seen: Observations;
  readonly pending: readonly Float64Array[];
  /** Rows of the view. */
  readonly rows: number;
  /** The observations of the first so many rows. */
  readonly observationsAt: (count: number) => Observations;
  /** Random allowed points. */
  readonly draws: (count: number) => Float64Array[];
  /** Whether a point may be suggested (new, and within the constraints). */
  readonly allowed: (point: Float64Array) => boolean;
  /** What stands already, or null. */
  readonly known: KnownPlaces | null;
}

/** The allowed point of largest expected improvement that the search finds; null when it finds none. */
export function proposeByModel(
  task: ModelTask,
  schedule: HyperSchedule,
  options: GpOptions,
  kernel: DenseKernel,
  stream: RandomStream,
): { readonly point: Float64Array; readonly why: SuggestionWhy } | null {
  const { seen, pending } = task;
  const fit = schedule.fit(fitCount(task.rows), task.observationsAt);
  if (fit === null) return null;
  const { map } = fit;
  // Few axes are left when values stand: on these, models drawn at random only lead to the ends.
  const hasConditions = map.points.groupAxes.length > 0;
  const turn = task.known === null ? turnOf(task.number, hasConditions) : "likely";
  const hyper = turn === "likely" ? fit.hyper : schedule.draw(seen, fit, stream);
  const effort = effortFor(options.operations, seen.points.length + seen.failed.length + pending.length, map.size);
  const set = trainingSet(map.points, seen, effort.modelRows, fit.warp, pending);
  const { points, raw, values } = set;
  const { noiseFactors, levels } = set;
  const process = new GaussianProcess(kernel, map, points, [values], hyper, pending.length, noiseFactors, levels);
  if (pending.length > 0) process.fantasize(pending, fantasiesOf(turn, pending.length, stream));
  const known = levels === undefined ? points : seen.valued;
  const least = leastMeans(process, reachable(map, task.known, [...known, ...pending]));
  const leap = leapOf(turn, task.number, hasConditions);
  const member = { process, ...aimOf(task, set, least, leap) };
  const incumbents = bestPoints(map, known, levels === undefined ? values : meansAt(process, known), 5);
  const box = turn === "likely" ? trustBox(map, seen, incumbents[0]!) : null;
  const random = options.random ?? effort.random;
  const found = searchAcquisition({
    acquisition: new LogExpectedImprovement([member], feasibilityOf(kernel, map, seen, effort)),
    map,
    stream,
    random: box === null ? task.draws(random) : Array.from({ length: random }, () => box.draw(stream)),
    incumbents: box === null ? incumbents : incumbents.slice(0, 1),
    box,
    mutations: options.mutations ?? effort.mutations,
    climbs: options.climbs ?? effort.climbs,
    children: effort.children,
    allowed: task.allowed,
    known: task.known,
  });
  if (found === null) return null;
  return { point: found.point, why: whyOf(task, found, { process, least }, turn, values, raw) };
}

/**
 * What an improvement is measured from, and where it ends: at the goal, until a whole run has met it or the model believes that one has. A leap is not
 * asked for where it would begin beyond.
 */
function aimOf({ metric, seen }: ModelTask, { raw, values }: TrainingSet, least: Float64Array, leap: number) {
  const [goal = null] = goalsToReach([metric]) ?? [];
  const isMet = goal !== null && wholeValues(seen).some((value) => value <= goal);
  const floor = isMet ? Number.NEGATIVE_INFINITY : goalFloor(goal, raw, values);
  const lowest = least.reduce((a, b) => Math.min(a, b));
  if (floor === Number.NEGATIVE_INFINITY || floor >= lowest) return { thresholds: least.map((mean) => mean - leap) };
  return { thresholds: lowest - leap > floor ? least.map((mean) => mean - leap) : least, floor };
}

/** The configurations of the best trials, each once. */
function bestPoints(
  { points: space }: FeatureMap,
  points: readonly Float64Array[],
  values: Float64Array,
  most: number,
) {
  const order = [...points.keys()].sort((a, b) => values[a]! - values[b]! || a - b);
  const best = new Map<string, Float64Array>();
  for (const i of order) {
    if (best.size === most) break;
    const key = space.key(points[i]!);
    if (!best.has(key)) best.set(key, points[i]!);
  }
  return [...best.values()];
}

/** The surroundings of the best trial, where so many parameters matter at once that a search of the whole space finds little. */
function trustBox(map: FeatureMap, seen: Observations, best: Float64Array): TrustBox | null {
  if (map.dimension <= MOST_GLOBAL_DIMENSION) return null;
  return new TrustBox(map.points, best, trustLength(wholeValues(seen), map.dimension));
}

/** Values of whole runs alone: those of shorter ones are of another kind. */
function wholeValues({ values, levels }: Observations): Float64Array {
  return levels === null ? values : values.filter((_, i) => levels[i] === 0);
}

/** The points with what stands already: a value better than theirs is an improvement, not one better than can still be had. */
function reachable({ points: space }: FeatureMap, known: KnownPlaces | null, points: readonly Float64Array[]) {
  if (known === null) return points;
  return points.map((point) => known.impose(point, (axis) => space.middle(axis)));
}

/** The least posterior mean at points that are known or pending, for each set of values. */
function leastMeans(process: GaussianProcess, points: readonly Float64Array[]): Float64Array {
  const { mean } = process.predict(points);
  const { sets } = process;
  const least = new Float64Array(sets).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < mean.length; i++) least[i % sets] = Math.min(least[i % sets]!, mean[i]!);
  return least;
}

/** The posterior means at these points, over all sets of values. */
function meansAt(process: GaussianProcess, points: readonly Float64Array[]): Float64Array {
  const { mean } = process.predict(points);
  const { sets } = process;
  return Float64Array.from(
    points,
    (_, i) => mean.subarray(i * sets, (i + 1) * sets).reduce((sum, v) => sum + v, 0) / sets,
  );
}

function whyOf(
  task: ModelTask,
  { point, score }: Candidate,
  { process, least }: { readonly process: GaussianProcess; readonly least: Float64Array },
  turn: string,
  warped: Float64Array,
  raw: readonly number[],
): SuggestionWhy {
  const sign = task.metric.direction === "minimize" ? 1 : -1;
  const { mean, variance } = process.predict([point]);
  const average = (numbers: Float64Array) => numbers.reduce((sum, v) => sum + v, 0) / numbers.length;
  const own = (value: number) => sign * unwarp(value, warped, raw);
  const center = average(mean);
  const deviation = Math.sqrt(variance[0]!);
  const ends = [own(center - deviation), own(center + deviation)].sort((a, b) => a - b);
  return {
    version: 1,
    phase: "model",
    member: turn,
    trials: task.seen.valued.length,
    pending: task.pending.length,
    predicted: { mean: own(center), low: ends[0]!, high: ends[1]! },
    acquisition: score,
    incumbent: own(average(least)),
  };
}
