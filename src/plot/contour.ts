import { pairVariance } from "../analysis/forest/tree-variance.ts";
import { importanceOf, type PairImportance, studyForest } from "../analysis/importance.ts";
import { AttuneError } from "../errors.ts";
import { FinishedTrials } from "../objective/index.ts";
import { didYouMean, type Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FigureAxis, figureAxis, placeOnAxis } from "./figure-axis.ts";

/** A trial over two parameters. */
export interface PairPoint {
  readonly trial: number;
  /** Places on the axes (see placeOnAxis). */
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** What a model expects of the metric over two parameters, all others averaged. */
export interface ContourFigure {
  readonly type: "contour";
  readonly metric: Metric;
  /** Null where the space has no two parameters that vary. */
  readonly axes: readonly [x: FigureAxis, y: FigureAxis] | null;
  /** Cells of the two axes, and the expected value of each: `surface[x][y]`. Empty below ten complete trials. */
  readonly surface: readonly (readonly number[])[];
  /** Complete trials with both parameters; of very many the best and some of the others. */
  readonly points: readonly PairPoint[];
  /** The pairs of the parameters that explain most, by what they explain beyond each by itself. */
  readonly pairs: readonly PairImportance[];
  readonly complete: number;
  /** Whether the model foretells enough of unseen trials to go by it. */
  readonly enough: boolean;
}

/** The pair of parameters that is asked for, or the one of those that explain most. */
export function contourFigure(
  trials: Iterable<Trial>,
  metric: Metric,
  space: Space,
  wanted: readonly string[] | undefined,
  most: number = Number.POSITIVE_INFINITY,
): ContourFigure {
  const varied = space.parameters.filter(({ type }) => type !== "fixed");
  const complete = FinishedTrials.of(trials, metric);
  const head = { type: "contour", metric, complete: complete.length } as const;
  const given = readPair(
    wanted,
    varied.map(({ name }) => name),
  );
  if (varied.length < 2) return { ...head, axes: null, surface: [], points: [], pairs: [], enough: false };
  const grown = studyForest(trials, metric, space);
  const known = grown === null ? null : importanceOf(grown);
  const [first, second] = given ?? known?.pairs[0]?.parameters ?? varied.map(({ name }) => name);
  const pair = [first, second].map((name) => varied.find((parameter) => parameter.name === name)!);
  const [x, y] = pair as [(typeof varied)[number], (typeof varied)[number]];
  const points = Array.from(complete.some(most)).flatMap((index) => {
    const { params } = complete.trial(index);
    const [across, up] = [x, y].map((parameter) => placeOnAxis(parameter, params[parameter.name]));
    if (across == null || up == null) return [];
    return [{ trial: complete.number(index), x: across, y: up, value: complete.values[index]! }];
  });
  const [a, b] = [x, y].map(
    (parameter) => grown?.forest.data.axes.findIndex((one) => one.parameter === parameter) ?? -1,
  );
  const surface = grown === null ? [] : surfaceOf(grown.forest, a!, b!);
  return {
    ...head,
    axes: [figureAxis(x), figureAxis(y)],
    surface,
    points,
    pairs: known?.pairs ?? [],
    enough: known?.enough ?? false,
  };
}

/** The mean of the trees over the cells, those of inactive parameters left out. */
function surfaceOf(
  { trees, weights, data }: NonNullable<ReturnType<typeof studyForest>>["forest"],
  a: number,
  b: number,
) {
  const [first, second] = [data.axes[a]!, data.axes[b]!];
  const sums = new Float64Array(first.cells * second.cells);
  for (const tree of trees)
    for (const [k, value] of pairVariance(tree, weights, a, b).surface.entries()) sums[k]! += value / trees.length;
  const rows = (axis: typeof first): number => axis.cells - Number(axis.inactive !== null);
  return Array.from({ length: rows(first) }, (_, i) =>
    Array.from({ length: rows(second) }, (_none, j) => data.middle + sums[i * second.cells + j]!),
  );
}

function readPair(wanted: readonly string[] | undefined, names: readonly string[]): readonly [string, string] | null {
  if (wanted === undefined) return null;
  const [first, second] = wanted;
  const unknown = wanted.find((name) => !names.includes(name));
  const there = `There are ${names.join(", ")}.`;
  if (unknown !== undefined) {
    const message = `There is no parameter "${unknown}" that varies.${didYouMean(unknown, names)} ${there}`;
    throw new AttuneError("invalid-argument", message);
  }
  if (first === undefined || second === undefined || first === second || wanted.length !== 2)
    throw new AttuneError("invalid-argument", `A pair is two parameters; ${wanted.join(", ")} is none. ${there}`);
  return [first, second];
}
