import { DenseKernel } from "../numeric/linalg/dense-kernel.ts";
import { FinishedTrials } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import { FeatureMap } from "../surrogate/gp/feature-map.ts";
import { fitHyperparameters, startHyperparameters } from "../surrogate/gp/fit-hyperparameters.ts";
import { GaussianProcess } from "../surrogate/gp/gaussian-process.ts";
import { dimensionScaledPrior } from "../surrogate/gp/hyperparameters.ts";
import { warpOutputs } from "../surrogate/gp/output-warp.ts";
import { PointSpace } from "../surrogate/gp/point-space.ts";
import { unwarp } from "../surrogate/gp/unwarp.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** A trial, and what a model that knew all others but not this one foretold. */
export interface CalibratedTrial {
  readonly trial: number;
  readonly seen: number;
  readonly predicted: number;
  /** Between these the value lies with 95 % if the model is right. */
  readonly low: number;
  readonly high: number;
}

/** How right a model of a study's results is. */
export interface Calibration {
  /** By number. Empty below ten complete trials, and where nothing varies. */
  readonly points: readonly CalibratedTrial[];
  /** Share of the points within their interval. */
  readonly within: number;
  /** Rank correlation of predicted and seen, from -1 to 1; 0 without points. */
  readonly order: number;
  /** Complete trials with a finite value. */
  readonly complete: number;
}

const LEAST_TRIALS = 10;
/** Trials that the model is made of at most: half the best, half the newest of the others. */
const MOST_TRIALS = 160;
const EVALUATIONS = 40;
const LENGTH = 0.5;
/** Deviations of a normal distribution that hold 95 %. */
const SIGMAS = 1.959963984540054;

/**
 * Leave-one-out predictions of a Gaussian process on the results (Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006,
 * section 5.4.2), with its hyperparameters fitted to all of them.
 */
export function calibration(trials: Iterable<Trial>, metric: Metric, space: Space): Calibration {
  const all = FinishedTrials.of(trials, metric);
  const none = { points: [], within: 0, order: 0, complete: all.length };
  const points = new PointSpace(space);
  if (all.length < LEAST_TRIALS || points.size === 0) return none;
  const chosen = chosenOf(all);
  const sign = metric.direction === "minimize" ? 1 : -1;
  const raw = chosen.map(({ value }) => sign * value);
  const values = warpOutputs(raw, "half-rank");
  const places = chosen.map(({ trial }) => points.fromParams(trial.params));
  const left = leaveOneOut(points, places, values);
  const toRaw = (value: number): number => sign * unwarp(value, values, raw);
  const calibrated = chosen.map(({ trial, value }, k): CalibratedTrial => {
    const mean = values[k]! + left.residual[k]!;
    const reach = SIGMAS * Math.sqrt(left.variance[k]!);
    const ends = [toRaw(mean - reach), toRaw(mean + reach)];
    const predicted = toRaw(mean);
    return { trial: trial.number, seen: value, predicted, low: Math.min(...ends), high: Math.max(...ends) };
  });
  const inside = calibrated.filter(({ seen, low, high }) => seen >= low && seen <= high).length;
  const order = rankCorrelation(
    calibrated.map(({ seen }) => seen),
    calibrated.map(({ predicted }) => predicted),
  );
  return { points: calibrated, within: inside / calibrated.length, order, complete: all.length };
}

function chosenOf(all: FinishedTrials): readonly { readonly trial: Trial; readonly value: number }[] {
  return indexesOf(all).map((index) => ({ trial: all.trial(index), value: all.values[index]! }));
}

function indexesOf(all: FinishedTrials): readonly number[] {
  const { length } = all;
  if (length <= MOST_TRIALS) return Array.from({ length }, (_, index) => index);
  const chosen = new Set(all.ranked.subarray(0, MOST_TRIALS / 2));
  for (let index = length - 1; chosen.size < MOST_TRIALS; index--) chosen.add(index);
  return [...chosen].sort((a, b) => a - b);
}

function leaveOneOut(points: PointSpace, places: readonly Float64Array[], values: Float64Array) {
  const active = places.reduce((sum, place) => sum + place.filter((at) => !Number.isNaN(at)).length, 0);
  const map = new FeatureMap(points, Math.max(1, active / places.length));
  const kernel = new DenseKernel();
  const prior = dimensionScaledPrior(map.size, map.dimension);
  const problem = { kernel, map, points: places, values, prior };
  const { hyper } = fitHyperparameters(problem, startHyperparameters(map, LENGTH), EVALUATIONS);
  return new GaussianProcess(kernel, map, places, [values], hyper).leaveOneOut();
}

/** Spearman's: the correlation of the ranks, those that are equal sharing theirs. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranksOf(a), ranksOf(b)];
  const middle = (a.length - 1) / 2;
  let [both, first, second] = [0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    const [p, q] = [x[k]! - middle, y[k]! - middle];
    both += p * q;
    first += p * p;
    second += q * q;
  }
  return first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second);
}

function ranksOf(values: readonly number[]): Float64Array {
  const order = values.map((_, place) => place).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to += 1;
    for (let k = from; k <= to; k++) ranks[order[k]!] = (from + to) / 2;
    from = to + 1;
  }
  return ranks;
}
