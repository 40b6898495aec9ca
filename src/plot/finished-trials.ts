import { compareValues, isVisible, metricValue } from "../objective/index.ts";
import type { Direction, Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** A complete trial with a finite value. */
export interface FinishedTrial {
  readonly trial: Trial;
  readonly value: number;
}

/** The complete trials that have a finite value of a metric, by number. */
export function finishedTrials(trials: readonly Trial[], { name }: Metric): readonly FinishedTrial[] {
  const finished: FinishedTrial[] = [];
  for (const trial of trials) {
    if (trial.state !== "complete" || !isVisible(trial)) continue;
    const value = metricValue(trial, name);
    if (Number.isFinite(value)) finished.push({ trial, value });
  }
  return finished;
}

/** The same, the best first. */
export function bestFirst<T extends { readonly value: number }>(
  trials: readonly T[],
  direction: Direction,
): readonly T[] {
  return trials.toSorted((a, b) => compareValues(a.value, b.value, direction));
}

/** At most `most` of them, by number: half of these the best, the others evenly from the rest. */
export function someOf(trials: readonly FinishedTrial[], direction: Direction, most: number): readonly FinishedTrial[] {
  if (trials.length <= most) return trials;
  const ranked = bestFirst(trials, direction);
  const best = Math.ceil(most / 2);
  const rest = ranked.slice(best);
  const even = Array.from({ length: most - best }, (_, k) => rest[Math.floor((k * rest.length) / (most - best))]!);
  return [...ranked.slice(0, best), ...even].sort((a, b) => a.trial.number - b.trial.number);
}
