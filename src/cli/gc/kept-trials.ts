import { groupFailures } from "../../analysis/failures.ts";
import { Configurations, rankConfigurations, rankTrials } from "../../objective/index.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";

/**
 * Numbers of the trials whose files stay: unfinished ones (a running program writes there, a paused trial goes on from its
 * checkpoint), the `best` best ones and, unless that is 0, all runs of the configuration to use, and the newest failure of each kind, whose log tells what went wrong.
 */
export function keptTrials(trials: readonly Trial[], metric: Metric | undefined, best: number): ReadonlySet<number> {
  const unfinished = trials.filter(({ state }) => state === "waiting" || state === "running" || state === "paused");
  const ranked = metric === undefined ? [] : rankTrials(trials, metric).slice(0, best);
  const winner = metric === undefined || best === 0 ? [] : winnerRuns(trials, metric);
  const failures = groupFailures(trials).map(({ last }) => last);
  return new Set([...[...unfinished, ...ranked, ...winner].map(({ number }) => number), ...failures]);
}

function winnerRuns(trials: readonly Trial[], metric: Metric): readonly Trial[] {
  const configurations = Configurations.of(trials, [metric]);
  const best = rankConfigurations(configurations, metric).first();
  return best === null ? [] : configurations.at(best).runs;
}
