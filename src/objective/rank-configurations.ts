import type { Metric } from "../trial/metric.ts";
import type { Limit } from "./limit.ts";
import { compareStandings, groupStandings, type LimitStanding } from "./limit-standing.ts";
import { meanOf } from "./mean-of.ts";
import { deviationOf, type ReplicateGroup } from "./replicates.ts";
import { type RepeatedRuns, type Shrinkage, shrinkage } from "./shrinkage.ts";

/** Configurations, best first. */
export interface ConfigurationRanking {
  readonly configurations: readonly ReplicateGroup[];
  /** What the first metric of another run of a configuration is expected to be. */
  expected(group: ReplicateGroup): number;
  /** Standard deviation of one run of a configuration; 0 where results do not vary, or nothing was run twice. */
  readonly noise: number;
  /** How a configuration stands to the limits. */
  standing(group: ReplicateGroup): LimitStanding;
}

/**
 * Ranks configurations by what is expected of another run of each. Where results vary, the ones confirmed on fresh seeds come
 * first: any other may be there by luck. Ties go to the lower number. Before all that, the ones that keep the limits come first, then
 * those that break them by less.
 */
export function rankConfigurations(
  groups: readonly ReplicateGroup[],
  metric: Metric,
  limits: readonly Limit[] = [],
): ConfigurationRanking {
  const runs = groups.map((group) => runMean(group, metric));
  const model = modelOf(groups, runs, metric);
  const rank = (group: ReplicateGroup): number => (model.noise > 0 && !group.confirmed ? 1 : 0);
  const standing = groupStandings(groups, limits);
  const ranked = groups.map((group, place) => ({ group, run: runs[place]!, rank: rank(group) }));
  const order = (a: (typeof ranked)[number], b: (typeof ranked)[number]): number =>
    a.rank - b.rank || model.compare(a.run, b.run) || a.group.first.number - b.group.first.number;
  if (limits.length === 0) ranked.sort(order);
  else ranked.sort((a, b) => compareStandings(standing(a.group), standing(b.group)) || order(a, b));
  const configurations = ranked.map(({ group }) => group);
  return { configurations, noise: model.noise, standing, expected: (group) => model.expected(runMean(group, metric)) };
}

function runMean({ means, trials }: ReplicateGroup, { name }: Metric) {
  return { mean: means[name]!, count: trials.length };
}

/** Fresh runs that happen to be equal, as of a share of few cases, leave the first run to tell that there is noise. */
function modelOf(
  groups: readonly ReplicateGroup[],
  means: readonly ReturnType<typeof runMean>[],
  metric: Metric,
): Shrinkage {
  const counted = groups.flatMap((group): readonly RepeatedRuns[] =>
    group.deviation === null ? [] : [{ ...runMean(group, metric), deviation: group.deviation }],
  );
  const model = shrinkage(means, counted, metric.direction);
  if (model.noise > 0 || counted.length === 0) return model;
  const all = groups.flatMap(({ runs }): readonly RepeatedRuns[] => {
    const deviation = deviationOf(runs, metric.name);
    return deviation === null ? [] : [{ mean: meanOf(runs, metric.name), count: runs.length, deviation }];
  });
  return shrinkage(means, all, metric.direction);
}
