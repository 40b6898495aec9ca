import { studentQuantile } from "../numeric/special/student-quantile.ts";
import { leadOver, metricValue, type ReplicateGroup } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";

/** Share of such intervals that hold the true lead. */
const CONFIDENCE = 0.95;

/** Between which bounds the true lead lies, with 95 % confidence. */
export interface LeadInterval {
  readonly low: number;
  readonly high: number;
  /** `paired-t`: the differences on the seeds both ran with. `welch-t`: two independent samples of unequal variance. */
  readonly method: "paired-t" | "welch-t";
  /** Pairs, or runs of the two together. */
  readonly runs: number;
  /** Standard error of the lead. */
  readonly error: number;
  /** The lead the interval is around. */
  readonly lead: number;
}

/**
 * By how much one configuration is better than another, from the runs that both were given; null unless both ran twice or more.
 * Where both ran on the same seeds the differences are paired, which takes away what the seeds have in common.
 */
export function leadInterval(best: ReplicateGroup, other: ReplicateGroup, metric: Metric): LeadInterval | null {
  if (best.deviation === null || other.deviation === null) return null;
  return paired(best, other, metric) ?? welch(best, other, metric);
}

/** Paired when every run has a seed of its own and the other has one of that seed. */
function paired(best: ReplicateGroup, other: ReplicateGroup, { name, direction }: Metric): LeadInterval | null {
  const [own, rival] = [bySeed(best, name), bySeed(other, name)];
  if (own === null || rival === null || own.size !== rival.size) return null;
  const differences: number[] = [];
  for (const [seed, value] of own) {
    const matching = rival.get(seed);
    if (matching === undefined) return null;
    differences.push(leadOver(value, matching, direction));
  }
  const { length } = differences;
  const lead = differences.reduce((sum, value) => sum + value / length, 0);
  const squares = differences.reduce((sum, value) => sum + (value - lead) * (value - lead), 0);
  const scatter = Math.sqrt(squares / (length - 1) / length);
  // Differences that are one number but for the rounding of the values.
  const largest = [...own.values(), ...rival.values()].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const error = scatter <= 4 * Number.EPSILON * largest ? 0 : scatter;
  return around(lead, error, length - 1, "paired-t", length);
}

function welch(best: ReplicateGroup, other: ReplicateGroup, { name, direction }: Metric): LeadInterval {
  const [first, second] = [varianceOfMean(best), varianceOfMean(other)];
  const lead = leadOver(best.means[name]!, other.means[name]!, direction);
  const sum = first + second;
  const freedom =
    (sum * sum) / ((first * first) / (best.trials.length - 1) + (second * second) / (other.trials.length - 1));
  const runs = best.trials.length + other.trials.length;
  return around(lead, Math.sqrt(sum), sum === 0 ? 1 : freedom, "welch-t", runs);
}

function around(
  lead: number,
  error: number,
  freedom: number,
  method: LeadInterval["method"],
  runs: number,
): LeadInterval {
  const reach = error === 0 ? 0 : error * studentQuantile(CONFIDENCE, freedom);
  return { low: lead - reach, high: lead + reach, method, runs, error, lead };
}

function varianceOfMean({ deviation, trials }: ReplicateGroup): number {
  return (deviation! * deviation!) / trials.length;
}

/** Values by seed; null when a run has none, or two have the same. */
function bySeed({ trials }: ReplicateGroup, metric: string): ReadonlyMap<number, number> | null {
  const values = new Map<number, number>();
  for (const trial of trials) {
    if (trial.replicate === null || trial.replicate.fold !== null || values.has(trial.replicate.seed)) return null;
    values.set(trial.replicate.seed, metricValue(trial, metric));
  }
  return values;
}
