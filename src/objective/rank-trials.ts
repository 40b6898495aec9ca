import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { compareValues } from "./compare-values.ts";
import { isVisible } from "./is-visible.ts";
import type { Limit } from "./limit.ts";
import { compareStandings, trialStandings } from "./limit-standing.ts";
import { metricValue } from "./metric-value.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/**
 * Trials with a value to compare, best first: complete ones by value (ties by number, non-finite values last), those that break a
 * limit behind the others by how much they do, then pruned ones, the furthest step first. Failed, unfinished and invalid trials are
 * left out.
 */
export function rankTrials(trials: Iterable<Trial>, metric: Metric, limits: readonly Limit[] = []): readonly Trial[] {
  const complete: { trial: Trial; value: number }[] = [];
  const pruned: { trial: Trial; value: number; step: number }[] = [];
  for (const trial of trials) {
    if (!isVisible(trial)) continue;
    const value = metricValue(trial, metric.name);
    if (trial.state === "complete") complete.push({ trial, value });
    else if (trial.state === "pruned") pruned.push({ trial, value, step: trial.reports.at(-1)?.step ?? -Infinity });
  }
  const standing = trialStandings(
    complete.map(({ trial }) => trial),
    limits,
  );
  complete.sort(
    (a, b) =>
      (limits.length === 0 ? 0 : compareStandings(standing(a.trial), standing(b.trial))) ||
      compareValues(a.value, b.value, metric.direction) ||
      a.trial.number - b.trial.number,
  );
  pruned.sort(
    (a, b) =>
      (a.step === b.step ? compareValues(a.value, b.value, metric.direction) : b.step - a.step) ||
      a.trial.number - b.trial.number,
  );
  return [...complete, ...pruned].map(({ trial }) => trial);
}

/** The best complete trial with a finite value (the first of several), or null. One run's value, luck included. */
export function bestTrial(trials: Iterable<Trial>, metric: Metric): Trial | null {
  const list = TrialList.of(trials);
  const { states, hidden, numbers } = list;
  const values = list.values(metric.name);
  let best = -1;
  for (let place = 0; place < list.length; place++) {
    if (states[place] !== COMPLETE || hidden[place] === 1 || !Number.isFinite(values[place])) continue;
    const order = compareValues(values[place]!, values[best] ?? Number.NaN, metric.direction);
    if (order < 0 || (order === 0 && numbers[place]! < numbers[best]!)) best = place;
  }
  return list.at(best) ?? null;
}
