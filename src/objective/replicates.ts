import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { isVisible } from "./is-visible.ts";
import { meanOf } from "./mean-of.ts";
import { metricValue } from "./metric-value.ts";

/** The complete trials of one configuration, taken together. */
export interface ReplicateGroup {
  /** Number of the first trial with this configuration. */
  readonly configuration: number;
  /** Its first complete trial with a finite first metric. */
  readonly first: Trial;
  /**
   * The complete trials with a finite first metric that count, by number: all of them, or, once two or more were run again on
   * seeds of their own, these alone, since the first run was singled out for its luck too.
   */
  readonly trials: readonly Trial[];
  /** Mean of each metric over the trials that have a finite value of it; NaN where none has. */
  readonly means: Readonly<Record<string, number>>;
  /** Sample standard deviation of the first metric; null at one trial. */
  readonly deviation: number | null;
}

/** Groups complete trials by configuration, in order of their first trial. Trials without a finite first metric do not count. */
export function groupReplicates(trials: Iterable<Trial>, metrics: readonly Metric[]): readonly ReplicateGroup[] {
  const objective = metrics[0]!.name;
  const groups = new Map<number, Trial[]>();
  for (const trial of trials) {
    if (trial.state !== "complete" || !isVisible(trial)) continue;
    if (!Number.isFinite(metricValue(trial, objective))) continue;
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
  const trials = fresh.length < 2 ? all : fresh;
  const means: Record<string, number> = {};
  for (const { name } of metrics) means[name] = meanOf(trials, name);
  const objective = metrics[0]!.name;
  const values = trials.map((trial) => metricValue(trial, objective));
  return { configuration, first: all[0]!, trials, means, deviation: deviation(values, means[objective]!) };
}

function singleRun(configuration: number, trials: readonly Trial[], metrics: readonly Metric[]): ReplicateGroup {
  const means: Record<string, number> = {};
  for (const { name } of metrics) {
    const value = metricValue(trials[0]!, name);
    means[name] = Number.isFinite(value) ? value : Number.NaN;
  }
  return { configuration, first: trials[0]!, trials, means, deviation: null };
}

function deviation(values: readonly number[], center: number): number | null {
  if (values.length < 2) return null;
  let squares = 0;
  for (const value of values) squares += (value - center) * (value - center);
  return Math.sqrt(squares / (values.length - 1));
}
