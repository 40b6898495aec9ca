import { type Fronts, frontsOf, groupReplicates, type Limit, type ReplicateGroup } from "../objective/index.ts";
import type { Params } from "../space/json.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { chooseFromFront } from "./front-choice.ts";
import { type FrontPoint, frontPoint } from "./front-point.ts";
import { findWinner, type Winner } from "./winner.ts";

/** What a study has found to choose from. */
export interface Found {
  /** Of one objective; null while no trial has a finite value, and with several. */
  readonly winner: Winner | null;
  /** Configurations that keep the limits and that no other one of these dominates; of one objective the winner alone. */
  readonly front: readonly FrontPoint[];
  /** Where the front bends most; null while there is none. */
  readonly knee: FrontPoint | null;
  /** While none keeps the limits, the configuration that breaks them least; else null. */
  readonly nearest: FrontPoint | null;
}

/**
 * The winner by one objective, or the front by several. With limits only what keeps them is compared; the winner is the nearest while
 * nothing does.
 */
export function findBest(
  trials: Iterable<Trial>,
  metrics: readonly Metric[],
  defaults: Params | null,
  limits: readonly Limit[] = [],
): Found {
  if (metrics.length === 1 && limits.length === 0) {
    const winner = findWinner(trials, metrics, defaults);
    const point = winner === null ? null : pointOfWinner(winner, metrics[0]!);
    return { winner, front: point === null ? [] : [point], knee: point, nearest: null };
  }
  const groups = groupReplicates(trials, metrics);
  const fronts = frontsOf(groups, metrics, limits);
  const point = (group: ReplicateGroup): FrontPoint =>
    frontPoint(group, metrics, limits.length === 0 ? null : fronts.standing(group));
  const front = fronts.front.map(point);
  const knee = chooseFromFront(front, metrics)?.knee;
  return {
    winner: metrics.length === 1 ? limitedWinner(groups, fronts, metrics, defaults) : null,
    front,
    knee: front.find(({ number }) => number === knee) ?? null,
    nearest: fronts.nearest === null ? null : point(fronts.nearest),
  };
}

/** No configuration that breaks a limit is a rival of one that keeps all. */
function limitedWinner(
  groups: readonly ReplicateGroup[],
  fronts: Fronts,
  metrics: readonly Metric[],
  defaults: Params | null,
): Winner | null {
  const { nearest, standing } = fronts;
  const compared = nearest === null ? groups.filter((group) => standing(group).feasible) : [nearest];
  const winner = findWinner(
    compared.flatMap(({ runs }) => runs),
    metrics,
    defaults,
  );
  const group = compared.find(({ first }) => first.number === winner?.number);
  return winner === null || group === undefined ? null : { ...winner, limits: standing(group) };
}

function pointOfWinner(
  { number, params, values, uncertainty, replicates, confirmed }: Winner,
  { name }: Metric,
): FrontPoint {
  const { [name]: own, ...kept } = values;
  return {
    number,
    params,
    values: { [name]: Number(own) },
    uncertainty: uncertainty === null ? null : { [name]: uncertainty },
    kept,
    replicates,
    confirmed,
  };
}
