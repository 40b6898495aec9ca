import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { compareValues } from "./compare-values.ts";
import { isVisible } from "./is-visible.ts";
import type { Limit } from "./limit.ts";
import { compareStandings, trialStandings } from "./limit-standing.ts";
import { metricValue } from "./metric-value.ts";

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
  let best: Trial | null = null;
  let bestValue = Number.NaN;
  for (const trial of trials) {
    if (trial.state !== "complete" || !isVisible(trial)) continue;
    const value = metricValue(trial, metric.name);
    if (!Number.isFinite(value)) continue;
    const order = compareValues(value, bestValue, metric.direction);
    if (order < 0 || (order === 0 && best !== null && trial.number < best.number)) {
      best = trial;
      bestValue = value;
    }
  }
  return best;
}
