import { metricValue, rankTrials } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FigureAxis, figureAxis, placeOnAxis } from "./figure-axis.ts";

/** Trials as lines over one axis for each parameter. */
export interface ParallelFigure {
  readonly type: "parallel";
  readonly metric: Metric;
  readonly axes: readonly FigureAxis[];
  /** Complete trials with a finite value, best first; `places` on the axes, null where inactive. */
  readonly lines: readonly {
    readonly trial: number;
    readonly value: number;
    readonly places: readonly (number | null)[];
  }[];
}

/** Which values go together in good trials. */
export function parallelFigure(trials: readonly Trial[], metric: Metric, space: Space): ParallelFigure {
  const parameters = space.parameters.filter(({ type }) => type !== "fixed");
  const lines = rankTrials(trials, metric)
    .filter(({ state }) => state === "complete")
    .map((trial) => ({
      trial: trial.number,
      value: metricValue(trial, metric.name),
      places: parameters.map((parameter) => placeOnAxis(parameter, trial.params[parameter.name])),
    }))
    .filter(({ value }) => Number.isFinite(value));
  return { type: "parallel", metric, axes: parameters.map(figureAxis), lines };
}
