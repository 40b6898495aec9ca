import { Configurations, type Limit, rankConfigurations } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FigureAxis, figureAxis, placeOnAxis } from "./figure-axis.ts";

/** Configurations as lines over one axis for each parameter. */
export interface ParallelFigure {
  readonly type: "parallel";
  readonly metric: Metric;
  readonly axes: readonly FigureAxis[];
  /** Configurations by their first trial, best first, with the means of their runs; `places` on the axes, null where inactive. */
  readonly lines: readonly {
    readonly trial: number;
    readonly value: number;
    readonly places: readonly (number | null)[];
  }[];
}

/** Which values go together in good trials. */
export function parallelFigure(
  trials: readonly Trial[],
  metric: Metric,
  space: Space,
  limits: readonly Limit[] = [],
): ParallelFigure {
  const parameters = space.parameters.filter(({ type }) => type !== "fixed");
  const { configurations } = rankConfigurations(Configurations.of(trials, [metric]), metric, limits);
  const lines = configurations.map(({ first, means }) => ({
    trial: first.number,
    value: means[metric.name]!,
    places: parameters.map((parameter) => placeOnAxis(parameter, first.params[parameter.name])),
  }));
  return { type: "parallel", metric, axes: parameters.map(figureAxis), lines };
}
