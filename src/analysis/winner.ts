import {
  Configurations,
  type LimitStanding,
  leadOver,
  meanOf,
  type ReplicateGroup,
  rankConfigurations,
} from "../objective/index.ts";
import type { Params } from "../space/json.ts";
import { encodeNumber } from "../trial/encoded-number.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial, Values } from "../trial/trial.ts";
import { type LeadInterval, leadInterval } from "./lead-interval.ts";

/** A configuration the winner is compared with. */
export interface Rival {
  /** Its first complete trial. */
  readonly number: number;
  readonly params: Params;
  /** Mean of the first metric over its replicates. */
  readonly value: number;
  /** What another run is expected to give: the mean, held back by how few runs it is of. The same where results do not vary. */
  readonly expected: number;
  readonly replicates: number;
  /** Standard error of `value`; null at one replicate. */
  readonly uncertainty: number | null;
  /** By how much the winner's mean is better, in the metric's unit; 0 when it is the winner itself. */
  readonly lead: number;
  /** Standard error of `lead`; null unless both have replicates. */
  readonly leadUncertainty: number | null;
  /** Where the true lead lies; null unless both have replicates. */
  readonly leadInterval: LeadInterval | null;
}

/** The configuration to use, with what is known about how sure that is. */
export interface Winner<P = Params> {
  /** Its first complete trial. */
  readonly number: number;
  readonly params: P;
  /** Mean of each metric over the replicates: the tuned ones first, then what else the trials brought. */
  readonly values: Values;
  /** Complete trials of this configuration with a finite first metric. */
  readonly replicates: number;
  /** True when these were run again on seeds of their own, two or more. */
  readonly confirmed: boolean;
  /** What the first metric of another run is expected to be: the mean, held back by how few runs it is of. */
  readonly expected: number;
  /** Standard error of the first metric's mean; null at one replicate, when luck cannot be told from merit. */
  readonly uncertainty: number | null;
  readonly runnerUp: Rival | null;
  /** One whose mean is better, of too few runs to be believed: worth confirming. Null where there is none. */
  readonly candidate: Rival | null;
  /** The configuration of all defaults, where it was tried. */
  readonly default: Rival | null;
  /** How it stands to the limits; left out in a study without. */
  readonly limits?: LimitStanding;
}

/**
 * The best configuration by the first metric, or null when no trial has a finite value of it: see {@link rankConfigurations}. Where
 * results vary, no lucky run beats a confirmed configuration.
 */
export function findWinner(
  trials: Iterable<Trial>,
  metrics: readonly Metric[],
  defaults: Params | null,
): Winner | null {
  const metric = metrics[0]!;
  const configurations = Configurations.of(trials, metrics);
  const ranking = rankConfigurations(configurations, metric);
  const place = ranking.first();
  if (place === null) return null;
  const best = configurations.at(place);
  const rival = (at: number | null): Rival | null => {
    if (at === null) return null;
    const group = configurations.at(at);
    return { ...compare(best, group, metric), expected: ranking.expected(group) };
  };
  const means = configurations.means(metric.name);
  const isBetter = (other: number): boolean => leadOver(means[place]!, means[other]!, metric.direction) < 0;
  // Where results do not vary, the winner's mean is the best one.
  const candidate = ranking.noise === 0 ? null : ranking.first((other) => other !== place && isBetter(other));
  const { first } = best;
  return {
    number: first.number,
    params: first.params,
    values: meanValues(best, metrics),
    replicates: best.trials.length,
    confirmed: best.confirmed,
    expected: ranking.expected(best),
    uncertainty: standardError(best),
    runnerUp: rival(ranking.first((other) => other !== place && other !== candidate)),
    candidate: rival(candidate),
    default: rival(defaults === null ? null : ranking.first(configurations.hasParams(defaults))),
  };
}

function meanValues({ means, trials }: ReplicateGroup, metrics: readonly Metric[]): Values {
  const tuned = metrics.map(({ name }) => [name, encodeNumber(means[name]!)] as const);
  const names = new Set(trials.flatMap(({ values }) => Object.keys(values)));
  const kept = [...names].filter((name) => !Object.hasOwn(means, name));
  return Object.fromEntries([...tuned, ...kept.map((name) => [name, encodeNumber(meanOf(trials, name))] as const)]);
}

function leadOf(best: ReplicateGroup, group: ReplicateGroup, { name, direction }: Metric): number {
  return leadOver(best.means[name]!, group.means[name]!, direction);
}

function compare(best: ReplicateGroup, group: ReplicateGroup, metric: Metric): Omit<Rival, "expected"> {
  const interval = group === best ? null : leadInterval(best, group, metric);
  return {
    number: group.first.number,
    params: group.first.params,
    value: group.means[metric.name]!,
    replicates: group.trials.length,
    uncertainty: standardError(group),
    lead: leadOf(best, group, metric),
    leadUncertainty: interval?.error ?? null,
    leadInterval: interval,
  };
}

function standardError(group: ReplicateGroup): number | null {
  return group.deviation === null ? null : group.deviation / Math.sqrt(group.trials.length);
}
