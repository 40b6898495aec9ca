import type { Outlook } from "../analysis/outlook.ts";
import { compareValues, keepsLimits, type Limit } from "../objective/index.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { thinPlaces } from "./thin-points.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
const FAILED = STATE_CODES.indexOf("failed");

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
  /** What going on is worth; null where no model can tell, left out by who did not ask one. */
  readonly outlook?: Outlook | null;
}

/** The course of a study; with at most so many `points`. */
export function historyFigure(
  trials: Iterable<Trial>,
  metric: Metric,
  limits: readonly Limit[] = [],
  most: number = Number.POSITIVE_INFINITY,
): HistoryFigure {
  const list = TrialList.of(trials);
  const { states, hidden, numbers } = list;
  const values = list.values(metric.name);
  const best: HistoryPoint[] = [];
  const failed: number[] = [];
  const complete = new Int32Array(list.length);
  let count = 0;
  for (let place = 0; place < list.length; place++) {
    if (hidden[place] === 1) continue;
    if (states[place] === FAILED) failed.push(numbers[place]!);
    const value = values[place]!;
    if (states[place] !== COMPLETE || !Number.isFinite(value)) continue;
    complete[count++] = place;
    const before = best.at(-1);
    if (before !== undefined && compareValues(value, before.value, metric.direction) >= 0) continue;
    if (keepsLimits(list.at(place)!, limits)) best.push({ trial: numbers[place]!, value });
  }
  const shown = thinPlaces(complete.subarray(0, count), most, numbers, values);
  const points = Array.from(shown, (place) => ({ trial: numbers[place]!, value: values[place]! }));
  return { type: "history", metric, points, complete: count, best, failed, trials: list.length };
}
