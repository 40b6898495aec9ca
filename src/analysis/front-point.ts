import { deviationOf, type LimitStanding, meanOf, type ReplicateGroup } from "../objective/index.ts";
import type { Params } from "../space/json.ts";
import { encodeNumber } from "../trial/encoded-number.ts";
import type { Metric } from "../trial/metric.ts";
import type { Values } from "../trial/trial.ts";

/** A configuration among others by several objectives. */
export interface FrontPoint<P = Params, M extends string = string> {
  /** Its first complete trial. */
  readonly number: number;
  readonly params: P;
  /** Mean of each objective over the replicates. */
  readonly values: Readonly<Record<M, number>>;
  /** Standard error of each objective's mean; null at one replicate. */
  readonly uncertainty: Readonly<Record<M, number>> | null;
  /** Means of what else the trials brought. */
  readonly kept: Values;
  readonly replicates: number;
  /** True when these were run again on seeds of their own, two or more. */
  readonly confirmed: boolean;
  /** Left out in a study without limits. */
  readonly limits?: LimitStanding;
}

/** A configuration as a point; `limits` is null in a study that has none. */
export function frontPoint(
  { first, trials, means, confirmed }: ReplicateGroup,
  metrics: readonly Metric[],
  limits: LimitStanding | null,
): FrontPoint {
  const names = metrics.map(({ name }) => name);
  const others = new Set(trials.flatMap(({ values }) => Object.keys(values)).filter((name) => !names.includes(name)));
  const error = (name: string): number => deviationOf(trials, name)! / Math.sqrt(trials.length);
  return {
    number: first.number,
    params: first.params,
    values: means,
    uncertainty: trials.length < 2 ? null : Object.fromEntries(names.map((name) => [name, error(name)])),
    kept: Object.fromEntries(Array.from(others, (name) => [name, encodeNumber(meanOf(trials, name))])),
    replicates: trials.length,
    confirmed,
    ...(limits !== null && { limits }),
  };
}
