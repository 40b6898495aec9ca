import { importance } from "../analysis/importance.ts";
import { FinishedTrials } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FigureAxis, figureAxis, placeOnAxis } from "./figure-axis.ts";

/** The trials over a pair of parameters, by their rank. */
export interface RankPair {
  readonly axes: readonly [x: FigureAxis, y: FigureAxis];
  /** `rank` from 0 (best) to 1 (worst). */
  readonly points: readonly { readonly trial: number; readonly x: number; readonly y: number; readonly rank: number }[];
}

/** Where over pairs of parameters the better trials lie. */
export interface RankFigure {
  readonly type: "rank";
  readonly metric: Metric;
  /** Those that explain most first. */
  readonly pairs: readonly RankPair[];
  readonly complete: number;
}

const MOST_PAIRS = 6;

/** The trials over the pairs of those parameters that explain most, or of those that are asked for. */
export function rankFigure(
  trials: Iterable<Trial>,
  metric: Metric,
  space: Space,
  wanted: readonly string[] | undefined,
  most: number = Number.POSITIVE_INFINITY,
): RankFigure {
  const varied = space.parameters.filter(({ type }) => type !== "fixed");
  const complete = FinishedTrials.of(trials, metric);
  const head = { type: "rank", metric, complete: complete.length } as const;
  if (complete.length === 0) return { ...head, pairs: [] };
  const order =
    wanted ?? importance(trials, metric, space)?.parameters.map(({ name }) => name) ?? varied.map(({ name }) => name);
  const chosen = order.slice(0, 4).flatMap((name) => varied.filter((parameter) => parameter.name === name));
  const ranks = new Int32Array(complete.length);
  for (const [place, index] of complete.ranked.entries()) ranks[index] = place;
  const last = Math.max(1, complete.length - 1);
  const shown = Array.from(complete.some(most), (index) => ({
    trial: complete.number(index),
    rank: ranks[index]! / last,
    params: complete.trial(index).params,
  }));
  const pairs = chosen.flatMap((x, k) => chosen.slice(k + 1).map((y) => [x, y] as const));
  return {
    ...head,
    pairs: pairs.slice(0, MOST_PAIRS).map(([x, y]) => ({
      axes: [figureAxis(x), figureAxis(y)] as const,
      points: shown.flatMap(({ trial, rank, params }) => {
        const [across, up] = [x, y].map((parameter) => placeOnAxis(parameter, params[parameter.name]));
        return across == null || up == null ? [] : [{ trial, x: across, y: up, rank }];
      }),
    })),
  };
}
