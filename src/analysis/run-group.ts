import { groupReplicates, type ReplicateGroup } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** The runs of a trial's configuration that were made on fresh seeds, or those it was chosen for; null for none. */
export function runGroup(
  trials: readonly Trial[],
  metrics: readonly Metric[],
  number: number,
  fresh: boolean,
): ReplicateGroup | null {
  const { configuration } = trials[number]!;
  const own = trials.filter((trial) => trial.configuration === configuration && (trial.replicate !== null) === fresh);
  return groupReplicates(own, metrics)[0] ?? null;
}
