import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { isVisible } from "./is-visible.ts";
import { meanOf } from "./mean-of.ts";
import { metricValue } from "./metric-value.ts";

/** The complete trials of one configuration, taken together. */
export interface ReplicateGroup {
  /** Number of the first trial with this configuration. */
  readonly configuration: number;
  /** Its first complete trial with a finite value of each metric. */
  readonly first: Trial;
  /**
   * The complete trials with finite metrics that count, by number: all of them, or, once two or more were run again on
   * seeds of their own, these alone, since the first run was singled out for its luck too.
   */
  readonly trials: readonly Trial[];
  /** Its complete trials with finite metrics, also those that do not count. */
  readonly runs: readonly Trial[];
  /** True when the trials that count were run again on seeds of their own. */
  readonly confirmed: boolean;
  /** Mean of each metric over the trials that count. */
  readonly means: Readonly<Record<string, number>>;
  /** Sample standard deviation of the first metric; null at one trial. */
  readonly deviation: number | null;
}

/** Groups complete trials by configuration, in order of their first trial. Trials without a finite value of each metric do not count. */
export function groupReplicates(trials: Iterable<Trial>, metrics: readonly Metric[]): readonly ReplicateGroup[] {
  const groups = new Map<number, Trial[]>();
  for (const trial of trials) {
    if (trial.state !== "complete" || !isVisible(trial)) continue;
    if (!metrics.every(({ name }) => Number.isFinite(metricValue(trial, name)))) continue;
    const group = groups.get(trial.configuration);
    if (group === undefined) groups.set(trial.configuration, [trial]);
    else group.push(trial);
  }
  const summaries: ReplicateGroup[] = [];
  groups.forEach((members, configuration) => {
    summaries.push(summarizeGroup(configuration, members, metrics));
  });
  return summaries;
}

function summarizeGroup(configuration: number, members: Trial[], metrics: readonly Metric[]): ReplicateGroup {
  // Most configurations run once, and there may be very many of them.
  if (members.length === 1) return singleRun(configuration, members, metrics);
  const all = members.sort((a, b) => a.number - b.number);
  const fresh = all.filter(({ replicate }) => replicate !== null);
  const confirmed = fresh.length >= 2;
  const trials = confirmed ? fresh : all;
  const means: Record<string, number> = {};
  for (const { name } of metrics) means[name] = meanOf(trials, name);
  const deviation = deviationOf(trials, metrics[0]!.name);
  return { configuration, first: all[0]!, trials, runs: all, confirmed, means, deviation };
}

function singleRun(configuration: number, trials: readonly Trial[], metrics: readonly Metric[]): ReplicateGroup {
  const means: Record<string, number> = {};
  for (const { name } of metrics) means[name] = metricValue(trials[0]!, name);
  return { configuration, first: trials[0]!, trials, runs: trials, confirmed: false, means, deviation: null };
}

/** Sample standard deviation of a metric over trials that all have a finite value of it; null below two trials. */
export function deviationOf(trials: readonly Trial[], metric: string): number | null {
  if (trials.length < 2) return null;
  const centre = meanOf(trials, metric);
  let squares = 0;
  for (const trial of trials) squares += (metricValue(trial, metric) - centre) * (metricValue(trial, metric) - centre);
  return Math.sqrt(squares / (trials.length - 1));
}
