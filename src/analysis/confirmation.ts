import { studentQuantile } from "../numeric/special/student-quantile.ts";
import { isVisible, metricValue, type ReplicateGroup } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type LeadInterval, leadInterval } from "./lead-interval.ts";
import { runGroup } from "./run-group.ts";

/** What a configuration is in a confirmation. */
export type ConfirmedRole = "winner" | "runner-up" | "default" | "candidate";

/** A configuration that is run again, by the number of one of its trials. */
export interface Candidate<R extends string = ConfirmedRole> {
  readonly role: R;
  readonly number: number;
}

/** What the fresh runs of one configuration gave. */
export interface ConfirmedConfiguration extends Candidate {
  /** The value it was chosen for, the mean of several runs; null when they have none. */
  readonly first: number | null;
  /** Of its fresh runs, by seed. */
  readonly values: readonly number[];
  readonly failed: number;
  /** Mean of `values`, and its 95 % interval by Student's t; null below one and below two runs. */
  readonly mean: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** The winner compared with another configuration on fresh runs alone. */
export interface ConfirmedLead extends LeadInterval {
  readonly over: ConfirmedRole;
  /** Whether the interval lies above 0, below it, or holds it. */
  readonly verdict: "better" | "worse" | "open";
}

/** What running candidates again has shown. */
export interface Confirmation {
  readonly metric: Metric;
  readonly configurations: readonly ConfirmedConfiguration[];
  readonly leads: readonly ConfirmedLead[];
  /** True when there were runs on different seeds and every configuration gave one value only. */
  readonly ignoresSeeds: boolean;
}

const CONFIDENCE = 0.95;

/** Compares the winner, the first of the candidates, with the others, on the runs that were made on fresh seeds. */
export function confirmation(
  trials: readonly Trial[],
  metrics: readonly Metric[],
  candidates: readonly Candidate[],
): Confirmation {
  const metric = metrics[0]!;
  const groups = candidates.map(({ number }) => runGroup(trials, metrics, number, true));
  const configurations = candidates.map((candidate, k) => {
    const first = runGroup(trials, metrics, candidate.number, false)?.means[metric.name] ?? null;
    return confirmed(trials, metric, { ...candidate, first }, groups[k] ?? null);
  });
  const [best] = groups;
  const leads = candidates.slice(1).flatMap(({ role }, k) => {
    const other = groups[k + 1];
    const lead = best && other ? leadInterval(best, other, metric) : null;
    return lead === null ? [] : [{ ...lead, over: role, verdict: verdictOf(lead) }];
  });
  const repeated = configurations.filter(({ values }) => values.length > 1);
  const ignoresSeeds = repeated.length > 0 && repeated.every(({ values }) => new Set(values).size === 1);
  return { metric, configurations, leads, ignoresSeeds };
}

function confirmed(
  trials: readonly Trial[],
  metric: Metric,
  candidate: Candidate & { readonly first: number | null },
  group: ReplicateGroup | null,
): ConfirmedConfiguration {
  const { configuration } = trials[candidate.number]!;
  const failed = trials.filter(
    (trial) =>
      trial.configuration === configuration && trial.replicate !== null && trial.state === "failed" && isVisible(trial),
  ).length;
  const values = group?.trials.map((trial) => metricValue(trial, metric.name)) ?? [];
  const mean = group?.means[metric.name] ?? null;
  const base = { ...candidate, values, failed, mean };
  if (mean === null || group === null || group.deviation === null) return { ...base, interval: null };
  const error = group.deviation / Math.sqrt(values.length);
  const reach = error === 0 ? 0 : error * studentQuantile(CONFIDENCE, values.length - 1);
  return { ...base, interval: { low: mean - reach, high: mean + reach } };
}

function verdictOf({ low, high }: LeadInterval): ConfirmedLead["verdict"] {
  if (low > 0) return "better";
  return high < 0 ? "worse" : "open";
}
