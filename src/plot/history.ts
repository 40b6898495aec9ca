import { compareValues, isVisible, keepsLimits, type Limit, metricValue } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** Values over trials, and the best so far. */
export interface HistoryFigure {
  readonly type: "history";
  readonly metric: Metric;
  /** Complete trials with a finite value, by number. */
  readonly points: readonly { readonly trial: number; readonly value: number }[];
  /** Each improvement: the trial that made it, and its value. What breaks a limit is none. */
  readonly best: readonly { readonly trial: number; readonly value: number }[];
  /** Trials that failed, by number. */
  readonly failed: readonly number[];
  /** How many trials the study has. */
  readonly trials: number;
}

/** The course of a study. */
export function historyFigure(trials: readonly Trial[], metric: Metric, limits: readonly Limit[] = []): HistoryFigure {
  const points: { trial: number; value: number }[] = [];
  const best: { trial: number; value: number }[] = [];
  const failed: number[] = [];
  for (const trial of trials) {
    if (!isVisible(trial)) continue;
    if (trial.state === "failed") failed.push(trial.number);
    const value = metricValue(trial, metric.name);
    if (trial.state !== "complete" || !Number.isFinite(value)) continue;
    const point = { trial: trial.number, value };
    points.push(point);
    const before = best.at(-1);
    if (!keepsLimits(trial, limits)) continue;
    if (before === undefined || compareValues(value, before.value, metric.direction) < 0) best.push(point);
  }
  return { type: "history", metric, points, best, failed, trials: trials.length };
}
