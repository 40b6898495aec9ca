import { isVisible, metricValue } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FigureAxis, figureAxis, placeOnAxis } from "./figure-axis.ts";

/** The metric over the values of one parameter. */
export interface ParameterSlice extends FigureAxis {
  /** Complete trials in which it was active: `place` on the axis (see placeOnAxis). */
  readonly points: readonly { readonly trial: number; readonly place: number; readonly value: number }[];
}

/** The metric over each parameter that is not fixed. */
export interface SliceFigure {
  readonly type: "slice";
  readonly metric: Metric;
  readonly slices: readonly ParameterSlice[];
}

/** What each parameter's values led to, one parameter at a time. */
export function sliceFigure(trials: readonly Trial[], metric: Metric, space: Space): SliceFigure {
  const complete = trials
    .filter((trial) => trial.state === "complete" && isVisible(trial))
    .map((trial) => ({ trial, value: metricValue(trial, metric.name) }))
    .filter(({ value }) => Number.isFinite(value));
  const slices = space.parameters
    .filter(({ type }) => type !== "fixed")
    .map((parameter) => {
      const points = complete.flatMap(({ trial, value }) => {
        const place = placeOnAxis(parameter, trial.params[parameter.name]);
        return place === null ? [] : [{ trial: trial.number, place, value }];
      });
      return { ...figureAxis(parameter), points };
    });
  return { type: "slice", metric, slices };
}
