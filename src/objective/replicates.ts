import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
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

/** Sums up complete trials of one configuration with finite metrics. */
export function replicateGroup(members: readonly Trial[], metrics: readonly Metric[]): ReplicateGroup {
  const all = members.toSorted((a, b) => a.number - b.number);
  const first = all[0]!;
  const fresh = all.filter(({ replicate }) => replicate !== null);
  const confirmed = fresh.length >= 2;
  const trials = confirmed ? fresh : all;
  const means: Record<string, number> = {};
  for (const { name } of metrics) means[name] = meanOf(trials, name);
  const deviation = deviationOf(trials, metrics[0]!.name);
  return { configuration: first.configuration, first, trials, runs: all, confirmed, means, deviation };
}

/** Sample standard deviation of a metric over trials that all have a finite value of it; null below two trials. */
export function deviationOf(trials: readonly Trial[], metric: string): number | null {
  if (trials.length < 2) return null;
  const centre = meanOf(trials, metric);
  let squares = 0;
  for (const trial of trials) squares += (metricValue(trial, metric) - centre) * (metricValue(trial, metric) - centre);
  return Math.sqrt(squares / (trials.length - 1));
}
