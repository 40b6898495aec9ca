import { groupFailures } from "../../analysis/failures.ts";
import { rankTrials } from "../../objective/index.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";

/**
 * Numbers of the trials whose files stay: unfinished ones (a running program writes there, a paused trial goes on from its
 * checkpoint), the `best` best ones, and the newest failure of each kind, whose log tells what went wrong.
 */
export function keptTrials(trials: readonly Trial[], metric: Metric | undefined, best: number): ReadonlySet<number> {
  const unfinished = trials.filter(({ state }) => state === "waiting" || state === "running" || state === "paused");
  const ranked = metric === undefined ? [] : rankTrials(trials, metric).slice(0, best);
  const failures = groupFailures(trials).map(({ last }) => last);
  return new Set([...[...unfinished, ...ranked].map(({ number }) => number), ...failures]);
}
