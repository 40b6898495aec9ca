import type { Metric } from "../trial/metric.ts";
import { compareValues } from "./compare-values.ts";
import { Configurations } from "./configurations.ts";
import type { Limit } from "./limit.ts";
import { compareStandings, groupStandings, type LimitStanding } from "./limit-standing.ts";
import { meanOf } from "./mean-of.ts";
import { deviationOf, type ReplicateGroup } from "./replicates.ts";
import { type RepeatedRuns, type RunMean, type Shrinkage, shrinkage } from "./shrinkage.ts";

/** Configurations, best first. */
export interface ConfigurationRanking {
  readonly configurations: readonly ReplicateGroup[];
  /** Their places among the ones given, best first: of very many only some need be made then. */
  readonly places: Int32Array;
  /** The first of those that are accepted by their place among the ones given: one look at each. */
  first(accept?: (place: number) => boolean): number | null;
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
  given: Configurations | readonly ReplicateGroup[],
  metric: Metric,
  limits: readonly Limit[] = [],
): ConfigurationRanking {
  const groups = given instanceof Configurations ? given : Configurations.ofGroups(given);
  const means = groups.means(metric.name);
  const model = modelOf(groups, means, metric);
  const standing = groupStandings(limits.length === 0 ? [] : [...groups], limits);
  const ranked = (place: number): Ranked => ({ place, mean: means[place]!, count: groups.count(place) });
  const doubt = ({ place }: Ranked): number => (model.noise > 0 && !groups.isConfirmed(place) ? 1 : 0);
  const byLimits = (a: Ranked, b: Ranked): number =>
    limits.length === 0 ? 0 : compareStandings(standing(groups.at(a.place)), standing(groups.at(b.place)));
  const order = (a: Ranked, b: Ranked): number =>
    byLimits(a, b) ||
    doubt(a) - doubt(b) ||
    model.compare(a, b) ||
    groups.firstNumber(a.place) - groups.firstNumber(b.place);
  const sign = metric.direction === "minimize" ? 1 : -1;
  // Where nothing but the means tells, nothing is made of the many that are no better.
  const barOf = ({ mean }: Ranked): number =>
    model.noise === 0 && limits.length === 0 && Number.isFinite(mean) ? sign * mean : Number.POSITIVE_INFINITY;
  const placesInOrder = (): Int32Array => {
    if (model.noise > 0 || limits.length > 0)
      return Int32Array.from(Array.from(means, (_mean, place) => ranked(place)).sort(order), ({ place }) => place);
    const byMean = (a: number, b: number): number =>
      compareValues(means[a]!, means[b]!, metric.direction) || groups.firstNumber(a) - groups.firstNumber(b);
    return Int32Array.from(means, (_mean, place) => place).sort(byMean);
  };
  return {
    get configurations() {
      return Array.from(placesInOrder(), (place) => groups.at(place));
    },
    get places() {
      return placesInOrder();
    },
    first: (accept = () => true) => {
      let best: Ranked | null = null;
      let bar = Number.POSITIVE_INFINITY;
      for (let place = 0; place < means.length; place++) {
        if (sign * means[place]! > bar || !accept(place)) continue;
        const one = ranked(place);
        if (best !== null && order(one, best) >= 0) continue;
        best = one;
        bar = barOf(one);
      }
      return best?.place ?? null;
    },
    noise: model.noise,
    standing,
    expected: (group) => model.expected({ mean: group.means[metric.name]!, count: group.trials.length }),
  };
}

interface Ranked extends RunMean {
  readonly place: number;
}

/** Fresh runs that happen to be equal, as of a share of few cases, leave the first run to tell that there is noise. */
function modelOf(groups: Configurations, means: Float64Array, { name, direction }: Metric): Shrinkage {
  const { repeated } = groups;
  const counted = repeated.flatMap(({ means: own, trials, deviation }): readonly RepeatedRuns[] =>
    deviation === null ? [] : [{ mean: own[name]!, count: trials.length, deviation }],
  );
  if (counted.length === 0) return shrinkage([], [], direction);
  const runs = Array.from(means, (mean, place): RunMean => ({ mean, count: groups.count(place) }));
  const model = shrinkage(runs, counted, direction);
  if (model.noise > 0) return model;
  const all = repeated.flatMap(({ runs: own }): readonly RepeatedRuns[] => {
    const deviation = deviationOf(own, name);
    return deviation === null ? [] : [{ mean: meanOf(own, name), count: own.length, deviation }];
  });
  return shrinkage(runs, all, direction);
}
