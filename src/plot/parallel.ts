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
  /** Configurations by their first trial, best first, of very many the better half and some of the others; with the means of their runs; `places` on the axes, null where inactive. */
  readonly lines: readonly {
    readonly trial: number;
    readonly value: number;
    readonly places: readonly (number | null)[];
  }[];
  /** How many configurations there are in all. */
  readonly configurations: number;
}

/** Which values go together in good trials. */
export function parallelFigure(
  trials: Iterable<Trial>,
  metric: Metric,
  space: Space,
  limits: readonly Limit[] = [],
  most: number = Number.POSITIVE_INFINITY,
): ParallelFigure {
  const parameters = space.parameters.filter(({ type }) => type !== "fixed");
  const configurations = Configurations.of(trials, [metric]);
  const { places } = rankConfigurations(configurations, metric, limits);
  const lines = evenly([...places], most).map((place) => {
    const { first, means } = configurations.at(place);
    const { params } = first;
    return {
      trial: first.number,
      value: means[metric.name]!,
      places: parameters.map((parameter) => placeOnAxis(parameter, params[parameter.name])),
    };
  });
  return { type: "parallel", metric, axes: parameters.map(figureAxis), lines, configurations: configurations.length };
}

/** Of a list with the best first: half of `most` from its head, the others evenly from the rest. */
function evenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  const head = Math.ceil(most / 2);
  const rest = list.length - head;
  const others = Array.from({ length: most - head }, (_, k) => list[head + Math.floor((k * rest) / (most - head))]!);
  return [...list.slice(0, head), ...others];
}
