import type { Metric } from "../trial/metric.ts";
import { comparePoints } from "./compare-points.ts";
import { nonDominated } from "./dominates.ts";
import { expectedValues } from "./expected-values.ts";
import type { Limit } from "./limit.ts";
import { compareStandings, groupStandings, type LimitStanding } from "./limit-standing.ts";
import { rankConfigurations } from "./rank-configurations.ts";
import type { ReplicateGroup } from "./replicates.ts";

/** Configurations by one objective or several, and limits. */
export interface Fronts {
  /**
   * Those that keep the limits and that no other one of these dominates, by the objectives in their order, best first. By one
   * objective the first of `rankConfigurations`.
   */
  readonly front: readonly ReplicateGroup[];
  /** While none keeps the limits, the one that breaks them least; else null. */
  readonly nearest: ReplicateGroup | null;
  /** How a configuration stands to the limits. */
  standing(group: ReplicateGroup): LimitStanding;
  /** The best so many: the front, the front of the rest and so on, then those that break a limit, by how much. */
  best(count: number): readonly ReplicateGroup[];
}

/**
 * Compares configurations by the means of their objectives, mixed directions allowed; where results vary by what is expected of another run of each, so that
 * one lucky run is not the front.
 */
export function frontsOf(
  groups: readonly ReplicateGroup[],
  metrics: readonly Metric[],
  limits: readonly Limit[] = [],
): Fronts {
  const standing = groupStandings(groups, limits);
  const feasible = groups.filter((group) => standing(group).feasible);
  const infeasible = groups
    .filter((group) => !standing(group).feasible)
    .sort((a, b) => compareStandings(standing(a), standing(b)) || a.first.number - b.first.number);
  const scores = metrics.length === 1 ? () => [] : expectedValues(feasible, metrics).scores;
  const front = frontOf(feasible, metrics, scores);
  const best = (count: number): readonly ReplicateGroup[] => {
    if (metrics.length === 1)
      return [...rankConfigurations(feasible, metrics[0]!).configurations, ...infeasible].slice(0, count);
    const found = [...front];
    let rest = without(feasible, front);
    while (rest.length > 0 && found.length < count) {
      const next = frontOf(rest, metrics, scores);
      found.push(...next);
      rest = without(rest, next);
    }
    return [...found, ...infeasible].slice(0, count);
  };
  return { front, nearest: feasible.length > 0 ? null : (infeasible[0] ?? null), standing, best };
}

function frontOf(
  groups: readonly ReplicateGroup[],
  metrics: readonly Metric[],
  scores: (group: ReplicateGroup) => readonly number[],
): readonly ReplicateGroup[] {
  if (metrics.length === 1) return rankConfigurations(groups, metrics[0]!).configurations.slice(0, 1);
  const points = groups.map(({ means }) => metrics.map(({ name }) => means[name]!));
  const turned = metrics.map((metric): Metric => ({ ...metric, direction: "minimize" }));
  const numberOf = (place: number): number => groups[place]!.first.number;
  return nonDominated(groups.map(scores), turned)
    .toSorted((a, b) => comparePoints(points[a]!, points[b]!, metrics) || numberOf(a) - numberOf(b))
    .map((place) => groups[place]!);
}

function without(groups: readonly ReplicateGroup[], taken: readonly ReplicateGroup[]): readonly ReplicateGroup[] {
  const gone = new Set(taken);
  return groups.filter((group) => !gone.has(group));
}
