import { meanInterval } from "../analysis/mean-interval.ts";
import type { Outlook } from "../analysis/outlook.ts";
import { Configurations, compareValues, keepsLimits, type Limit } from "../objective/index.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { thinPlaces, thinPoints } from "./thin-points.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
const FAILED = STATE_CODES.indexOf("failed");

/** A trial and what came of it. */
export interface HistoryPoint {
  readonly trial: number;
  readonly value: number;
}

/** A configuration that was run several times. */
export interface ReplicatedPoint {
  /** Its first complete trial. */
  readonly trial: number;
  /** The trials that count, by number: all complete ones, or, once two were run again on seeds of their own, these alone. */
  readonly runs: readonly number[];
  /** Mean of their values. */
  readonly mean: number;
  /** Ends of the interval of the mean, at 95 % by Student's t. */
  readonly low: number;
  readonly high: number;
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
  /** Configurations that were run several times, by first trial; of very many those that stick out. */
  readonly replicated: readonly ReplicatedPoint[];
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
  const replicated = thinPoints(replicatedOf(list, metric), most, trialOf, ({ mean }) => mean);
  return { type: "history", metric, points, complete: count, best, replicated, failed, trials: list.length };
}

const trialOf = ({ trial }: ReplicatedPoint): number => trial;

function replicatedOf(list: TrialList, metric: Metric): readonly ReplicatedPoint[] {
  return Configurations.of(list, [metric]).repeated.flatMap(({ first, trials, means, deviation }) => {
    const mean = means[metric.name]!;
    const error = deviation === null ? null : deviation / Math.sqrt(trials.length);
    const interval = meanInterval(mean, error, trials.length);
    return interval === null
      ? []
      : [{ trial: first.number, runs: trials.map(({ number }) => number), mean, ...interval }];
  });
}
