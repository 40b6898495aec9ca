import { compareValues, isVisible, keepsLimits, type Limit, metricValue } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { thinPoints } from "./thin-points.ts";

/** A trial and what came of it. */
export interface HistoryPoint {
  readonly trial: number;
  readonly value: number;
}

/** Values over trials, and the best so far. */
export interface HistoryFigure {
  readonly type: "history";
  readonly metric: Metric;
  /** Complete trials with a finite value, by number; of very many those that stick out. */
  readonly points: readonly HistoryPoint[];
  /** How many there are in all. */
  readonly complete: number;
  /** Each improvement: the trial that made it, and its value. What breaks a limit is none. */
  readonly best: readonly HistoryPoint[];
  /** Trials that failed, by number. */
  readonly failed: readonly number[];
  /** How many trials the study has. */
  readonly trials: number;
}

/** The course of a study; with at most so many `points`. */
export function historyFigure(
  trials: readonly Trial[],
  metric: Metric,
  limits: readonly Limit[] = [],
  most: number = Number.POSITIVE_INFINITY,
): HistoryFigure {
  const points: HistoryPoint[] = [];
  const best: HistoryPoint[] = [];
  const failed: number[] = [];
  for (const trial of trials) {
    if (!isVisible(trial)) continue;
    const { state } = trial;
    if (state === "failed") failed.push(trial.number);
    if (state !== "complete") continue;
    const value = metricValue(trial, metric.name);
    if (!Number.isFinite(value)) continue;
    const point = { trial: trial.number, value };
    points.push(point);
    const before = best.at(-1);
    if (before !== undefined && compareValues(value, before.value, metric.direction) >= 0) continue;
    if (keepsLimits(trial, limits)) best.push(point);
  }
  const shown = thinPoints(
    points,
    most,
    ({ trial }) => trial,
    ({ value }) => value,
  );
  return { type: "history", metric, points: shown, complete: points.length, best, failed, trials: trials.length };
}
