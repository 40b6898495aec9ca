import { type CalibratedTrial, calibration } from "../analysis/calibration.ts";
import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** What a model of the other trials foretold of each trial, against what was seen. */
export interface CalibrationFigure {
  readonly type: "calibration";
  readonly metric: Metric;
  /** By number; of many the newest and the best. Empty below ten complete trials. */
  readonly points: readonly CalibratedTrial[];
  /** Share of the points whose value lies within their interval, which holds 95 % of them if the model is right. */
  readonly within: number;
  /** Share of the order that is foretold: the rank correlation, from -1 to 1. */
  readonly order: number;
  readonly complete: number;
}

/** Predicted against seen. */
export function calibrationFigure(trials: Iterable<Trial>, metric: Metric, space: Space): CalibrationFigure {
  const { points, within, order, complete } = calibration(trials, metric, space);
  return { type: "calibration", metric, points, within, order, complete };
}
