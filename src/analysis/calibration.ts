import { FinishedTrials } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import { warpOutputs } from "../surrogate/gp/output-warp.ts";
import { PointSpace } from "../surrogate/gp/point-space.ts";
import { unwarp } from "../surrogate/gp/unwarp.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { rankCorrelation } from "./rank-correlation.ts";
import { studyModel } from "./study-model.ts";

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
  const left = studyModel(points, places, values).leaveOneOut();
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
