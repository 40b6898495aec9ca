import { Configurations, type Limit, rankConfigurations } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FigureAxis, figureAxis, placeOnAxis } from "./figure-axis.ts";
import { objectiveAxis } from "./objective-axis.ts";

/** Configurations as lines over one axis for each parameter, and one for each objective besides the one that the figure is of. */
export interface ParallelFigure {
  readonly type: "parallel";
  readonly metric: Metric;
  /** Of the parameters, then of the other objectives. */
  readonly axes: readonly FigureAxis[];
  /** How many of the last axes are objectives; left out with one objective. */
  readonly objectives?: number;
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
  objectives: readonly Metric[] = [metric],
): ParallelFigure {
  const parameters = space.parameters.filter(({ type }) => type !== "fixed");
  const others = objectives.filter(({ name }) => name !== metric.name);
  const configurations = Configurations.of(trials, [metric, ...others]);
  const { places } = rankConfigurations(configurations, metric, limits);
  const shown = evenly([...places], most).map((place) => configurations.at(place));
  const ranges = others.map((other) => {
    const values = shown.map(({ means }) => means[other.name]!);
    return objectiveAxis(other, values);
  });
  const lines = shown.map(({ first, means }) => ({
    trial: first.number,
    value: means[metric.name]!,
    places: [
      ...parameters.map((parameter) => placeOnAxis(parameter, first.params[parameter.name])),
      ...others.map(({ name }, k) => ranges[k]!.placeOf(means[name]!)),
    ],
  }));
  return {
    ...{ type: "parallel", metric, axes: [...parameters.map(figureAxis), ...ranges.map(({ axis }) => axis)] },
    ...(others.length > 0 && { objectives: others.length }),
    ...{ lines, configurations: configurations.length },
  };
}

/** Of a list with the best first: half of `most` from its head, the others evenly from the rest. */
function evenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  const head = Math.ceil(most / 2);
  const rest = list.length - head;
  const others = Array.from({ length: most - head }, (_, k) => list[head + Math.floor((k * rest) / (most - head))]!);
  return [...list.slice(0, head), ...others];
}
