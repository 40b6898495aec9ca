import type { Metric } from "../trial/metric.ts";
import { meanOf } from "./mean-of.ts";
import { deviationOf, type ReplicateGroup } from "./replicates.ts";
import { type RepeatedRuns, type RunMean, type Shrinkage, shrinkage } from "./shrinkage.ts";

/** What is expected of configurations by the objectives, in their order. */
export interface ExpectedValues {
  /** Whether results vary, as far as repeated runs show. */
  readonly varies: boolean;
  /** What another run is expected to give: means as they are where results do not vary. */
  of(group: ReplicateGroup): readonly number[];
  /** What orders configurations by each objective, smaller for the better: see `Shrinkage.score`. */
  scores(group: ReplicateGroup): readonly number[];
  /** How far the truth may lie from that, as standard deviations; 0 where results do not vary. */
  doubt(group: ReplicateGroup): readonly number[];
}

/** By the model that holds means of few runs back to what the configurations give in general: see `shrinkage`, one for each objective. */
export function expectedValues(groups: readonly ReplicateGroup[], metrics: readonly Metric[]): ExpectedValues {
  const models = metrics.map((metric) => modelOf(groups, metric));
  const run = ({ means, trials }: ReplicateGroup, name: string): RunMean => ({
    mean: means[name]!,
    count: trials.length,
  });
  return {
    varies: models.some(({ noise }) => noise > 0),
    of: (group) =>
      metrics.map(({ name }, k) => {
        const model = models[k]!;
        // Where no spread is seen means would all be the centre, and all alike.
        return model.spread > 0 ? model.expected(run(group, name)) : group.means[name]!;
      }),
    scores: (group) => metrics.map(({ name }, k) => models[k]!.score(run(group, name))),
    doubt: (group) => metrics.map((_metric, k) => doubtOf(models[k]!, group.trials.length)),
  };
}

function modelOf(groups: readonly ReplicateGroup[], { name, direction }: Metric): Shrinkage {
  const repeats = (of: (group: ReplicateGroup) => ReplicateGroup["trials"]): readonly RepeatedRuns[] =>
    groups.flatMap((group) => {
      const deviation = deviationOf(of(group), name);
      return deviation === null ? [] : [{ mean: meanOf(of(group), name), count: of(group).length, deviation }];
    });
  const runs = groups.map(({ means, trials }): RunMean => ({ mean: means[name]!, count: trials.length }));
  const counted = repeats(({ trials }) => trials);
  if (counted.length === 0) return shrinkage([], [], direction);
  const model = shrinkage(runs, counted, direction);
  // Fresh runs that happen to be equal leave the first run to tell that there is noise.
  return model.noise > 0
    ? model
    : shrinkage(
        runs,
        repeats(({ runs: all }) => all),
        direction,
      );
}

/** s t / sqrt(n t² + s²): of a mean of n runs with noise s, about truths with spread t; s / sqrt(n) where no spread is seen. */
function doubtOf({ noise, spread }: Shrinkage, count: number): number {
  if (noise === 0) return 0;
  const ratio = spread > 0 ? noise / spread : 0;
  return Number.isFinite(ratio) ? noise / Math.sqrt(count + ratio * ratio) : 0;
}
