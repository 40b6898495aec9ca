import { importance } from "../analysis/importance.ts";
import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FigureAxis, figureAxis, placeOnAxis } from "./figure-axis.ts";
import { bestFirst, finishedTrials, someOf } from "./finished-trials.ts";

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
  trials: readonly Trial[],
  metric: Metric,
  space: Space,
  wanted: readonly string[] | undefined,
  most: number = Number.POSITIVE_INFINITY,
): RankFigure {
  const varied = space.parameters.filter(({ type }) => type !== "fixed");
  const complete = finishedTrials(trials, metric);
  const head = { type: "rank", metric, complete: complete.length } as const;
  if (complete.length === 0) return { ...head, pairs: [] };
  const order =
    wanted ?? importance(trials, metric, space)?.parameters.map(({ name }) => name) ?? varied.map(({ name }) => name);
  const chosen = order.slice(0, 4).flatMap((name) => varied.filter((parameter) => parameter.name === name));
  const ranked = bestFirst(complete, metric.direction);
  const last = Math.max(1, ranked.length - 1);
  const ranks = new Map(ranked.map(({ trial }, place) => [trial.number, place / last]));
  const shown = someOf(complete, metric.direction, most);
  const pairs = chosen.flatMap((x, k) => chosen.slice(k + 1).map((y) => [x, y] as const));
  return {
    ...head,
    pairs: pairs.slice(0, MOST_PAIRS).map(([x, y]) => ({
      axes: [figureAxis(x), figureAxis(y)] as const,
      points: shown.flatMap(({ trial }) => {
        const [across, up] = [x, y].map((parameter) => placeOnAxis(parameter, trial.params[parameter.name]));
        return across == null || up == null
          ? []
          : [{ trial: trial.number, x: across, y: up, rank: ranks.get(trial.number)! }];
      }),
    })),
  };
}
