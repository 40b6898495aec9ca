import {
  compileLimits,
  deviationOf,
  frontsOf,
  groupReplicates,
  isVisible,
  metricValue,
  type ReplicateGroup,
} from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { frontMembership } from "./front-membership.ts";
import { type LeadInterval, leadInterval } from "./lead-interval.ts";
import { runGroup } from "./run-group.ts";

/** What a configuration of a front is in a confirmation. */
export type FrontRole = "chosen" | "neighbour" | "default";

/** A configuration that is run again, by the number of one of its trials. */
export interface FrontCandidate {
  readonly role: FrontRole;
  readonly number: number;
}

/** What the fresh runs of one configuration gave. */
export interface ConfirmedPoint extends FrontCandidate {
  /** Means of the runs that it was chosen for; null where it has none. */
  readonly first: Readonly<Record<string, number>> | null;
  /** Of its fresh runs by objective, by seed. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  readonly runs: number;
  readonly failed: number;
  readonly means: Readonly<Record<string, number>> | null;
  /** With which probability no configuration of the study beats it in everything, by the model of its noise; null where none is known. */
  readonly onFront: number | null;
}

/** The chosen point compared with another one by one objective, on fresh runs alone. */
export interface FrontDifference extends LeadInterval {
  readonly metric: string;
  readonly verdict: "better" | "worse" | "open";
}

/** What running points of a front again has shown. */
export interface FrontConfirmation {
  readonly metrics: readonly Metric[];
  readonly configurations: readonly ConfirmedPoint[];
  /** Of those with two fresh runs, by the others in their order. `told`: whether they can be told apart in any objective. */
  readonly comparisons: readonly {
    readonly over: FrontRole;
    readonly number: number;
    readonly objectives: readonly FrontDifference[];
    readonly told: boolean;
  }[];
  readonly ignoresSeeds: boolean;
}

/** Compares the chosen point, the first of the candidates, with the others, on the runs that were made on fresh seeds. */
export function confirmFront(
  trials: readonly Trial[],
  metrics: readonly Metric[],
  limits: readonly string[],
  candidates: readonly FrontCandidate[],
): FrontConfirmation {
  const all = groupReplicates(trials, metrics);
  const { standing } = frontsOf(all, metrics, compileLimits(limits));
  const membership = frontMembership(
    all.filter((group) => standing(group).feasible),
    metrics,
  );
  const fresh = candidates.map(({ number }) => runGroup(trials, metrics, number, true));
  const configurations = candidates.map((candidate, k) => {
    const { configuration } = trials[candidate.number]!;
    const whole = all.find((group) => group.configuration === configuration);
    const onFront = membership === null || whole === undefined ? null : (membership.get(whole.first.number) ?? 0);
    return confirmed(trials, metrics, candidate, fresh[k] ?? null, onFront);
  });
  const [chosen] = fresh;
  const comparisons = candidates.slice(1).flatMap(({ role, number }, k) => {
    const other = fresh[k + 1];
    const objectives = chosen && other ? differences(chosen, other, metrics) : [];
    const told = objectives.some(({ verdict }) => verdict !== "open");
    return objectives.length === 0 ? [] : [{ over: role, number, objectives, told }];
  });
  const repeated = configurations.filter(({ runs }) => runs > 1);
  const isOne = ({ values }: ConfirmedPoint): boolean => Object.values(values).every((own) => new Set(own).size === 1);
  return { metrics, configurations, comparisons, ignoresSeeds: repeated.length > 0 && repeated.every(isOne) };
}

function confirmed(
  trials: readonly Trial[],
  metrics: readonly Metric[],
  candidate: FrontCandidate,
  group: ReplicateGroup | null,
  onFront: number | null,
): ConfirmedPoint {
  const { configuration } = trials[candidate.number]!;
  const failed = trials.filter(
    (trial) =>
      trial.configuration === configuration && trial.replicate !== null && trial.state === "failed" && isVisible(trial),
  ).length;
  const runs = group?.trials ?? [];
  const values = metrics.map(({ name }) => [name, runs.map((trial) => metricValue(trial, name))]);
  return {
    ...candidate,
    first: runGroup(trials, metrics, candidate.number, false)?.means ?? null,
    values: Object.fromEntries(values),
    runs: runs.length,
    failed,
    means: group?.means ?? null,
    onFront,
  };
}

function differences(
  chosen: ReplicateGroup,
  other: ReplicateGroup,
  metrics: readonly Metric[],
): readonly FrontDifference[] {
  return metrics.flatMap((metric) => {
    const lead = leadInterval(withDeviation(chosen, metric), withDeviation(other, metric), metric);
    if (lead === null) return [];
    const verdict = lead.low > 0 ? "better" : lead.high < 0 ? "worse" : "open";
    return [{ ...lead, metric: metric.name, verdict } as const];
  });
}

/** A group's deviation is that of the first objective. */
function withDeviation(group: ReplicateGroup, { name }: Metric): ReplicateGroup {
  return { ...group, deviation: deviationOf(group.trials, name) };
}
