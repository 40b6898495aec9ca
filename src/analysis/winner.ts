import { compareValues, groupReplicates, leadOver, meanOf, type ReplicateGroup } from "../objective/index.ts";
import type { Params } from "../space/json.ts";
import { jsonEqual } from "../space/json-equal.ts";
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
export interface Winner {
  /** Its first complete trial. */
  readonly number: number;
  readonly params: Params;
  /** Mean of each metric over the replicates: the tuned ones first, then what else the trials brought. */
  readonly values: Values;
  /** Complete trials of this configuration with a finite first metric. */
  readonly replicates: number;
  /** Standard error of the first metric's mean; null at one replicate, when luck cannot be told from merit. */
  readonly uncertainty: number | null;
  readonly runnerUp: Rival | null;
  /** The configuration of all defaults, where it was tried. */
  readonly default: Rival | null;
}

/**
 * The best configuration by the first metric, or null when no trial has a finite value of it. Once some configurations were
 * run repeatedly, each mean is held back by the standard error that its number of runs leaves (by the scatter pooled over all
 * repeated ones), so that one lucky run does not beat a confirmed configuration. Ties go to the lower number.
 */
export function findWinner(
  trials: Iterable<Trial>,
  metrics: readonly Metric[],
  defaults: Params | null,
): Winner | null {
  const groups = groupReplicates(trials, metrics);
  const { name, direction } = metrics[0]!;
  const scatter = pooledDeviation(groups);
  const sign = direction === "minimize" ? 1 : -1;
  const cautious = (group: ReplicateGroup): number =>
    group.means[name]! + (sign * scatter) / Math.sqrt(group.trials.length);
  const better = (a: ReplicateGroup, b: ReplicateGroup): number =>
    compareValues(cautious(a), cautious(b), direction) || a.first.number - b.first.number;
  const best = least(groups, better, null);
  if (best === null) return null;
  const rival = (group: ReplicateGroup | null): Rival | null =>
    group === null ? null : compare(best, group, metrics[0]!);
  const { first } = best;
  return {
    number: first.number,
    params: first.params,
    values: meanValues(best, metrics),
    replicates: best.trials.length,
    uncertainty: standardError(best),
    runnerUp: rival(least(groups, better, best)),
    default: rival(
      defaults === null ? null : (groups.find((group) => jsonEqual(group.first.params, defaults)) ?? null),
    ),
  };
}

function meanValues({ means, trials }: ReplicateGroup, metrics: readonly Metric[]): Values {
  const tuned = metrics.map(({ name }) => [name, encodeNumber(means[name]!)] as const);
  const names = new Set(trials.flatMap(({ values }) => Object.keys(values)));
  const kept = [...names].filter((name) => !Object.hasOwn(means, name));
  return Object.fromEntries([...tuned, ...kept.map((name) => [name, encodeNumber(meanOf(trials, name))] as const)]);
}

function compare(best: ReplicateGroup, group: ReplicateGroup, metric: Metric): Rival {
  const interval = group === best ? null : leadInterval(best, group, metric);
  return {
    number: group.first.number,
    params: group.first.params,
    value: group.means[metric.name]!,
    replicates: group.trials.length,
    uncertainty: standardError(group),
    lead: leadOver(best.means[metric.name]!, group.means[metric.name]!, metric.direction),
    leadUncertainty: interval?.error ?? null,
    leadInterval: interval,
  };
}

function standardError(group: ReplicateGroup): number | null {
  return group.deviation === null ? null : group.deviation / Math.sqrt(group.trials.length);
}

/** Root of the mean variance within configurations, weighted by degrees of freedom; 0 when none was repeated. */
function pooledDeviation(groups: readonly ReplicateGroup[]): number {
  let squares = 0;
  let freedom = 0;
  for (const { deviation, trials } of groups) {
    if (deviation === null) continue;
    squares += deviation * deviation * (trials.length - 1);
    freedom += trials.length - 1;
  }
  return freedom === 0 ? 0 : Math.sqrt(squares / freedom);
}

function least(
  groups: readonly ReplicateGroup[],
  order: (a: ReplicateGroup, b: ReplicateGroup) => number,
  except: ReplicateGroup | null,
): ReplicateGroup | null {
  let best: ReplicateGroup | null = null;
  for (const group of groups) {
    if (group !== except && (best === null || order(group, best) < 0)) best = group;
  }
  return best;
}
