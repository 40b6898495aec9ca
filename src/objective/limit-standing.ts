import type { Trial } from "../trial/trial.ts";
import type { Limit, LimitedResult, LimitTree } from "./limit.ts";
import { meanOf } from "./mean-of.ts";
import { metricValue } from "./metric-value.ts";
import type { ReplicateGroup } from "./replicates.ts";

/** How a result stands to the limits of its study. */
export interface LimitStanding {
  /** True when it keeps all of them. */
  readonly feasible: boolean;
  /** 0 where it keeps all; else the sum of what each is broken by, in spreads of that difference over the results looked at. */
  readonly violation: number;
  /** Texts of the limits that it breaks, or has no value for. */
  readonly broken: readonly string[];
}

const QUARTERS = [0.25, 0.75] as const;
const KEPT: LimitStanding = { feasible: true, violation: 0, broken: [] };

/** Feasible before infeasible, then by violation; 0 for two that stand alike. */
export function compareStandings(a: LimitStanding, b: LimitStanding): number {
  if (a.feasible || b.feasible) return Number(b.feasible) - Number(a.feasible);
  return a.violation === b.violation ? 0 : a.violation - b.violation;
}

/** A trial's own results, for limits. */
export function trialResult(trial: Trial): LimitedResult {
  return { params: trial.params, value: (metric) => metricValue(trial, metric) };
}

/** True when a trial's own results keep all limits. */
export function keepsLimits(trial: Trial, limits: readonly Limit[]): boolean {
  return limits.every(({ tree, excesses }) => isKept(tree, excesses(trialResult(trial))));
}

/** How trials stand to the limits by their own results. */
export function trialStandings(trials: readonly Trial[], limits: readonly Limit[]): (trial: Trial) => LimitStanding {
  if (limits.length === 0) return () => KEPT;
  const standings = limitStandings(trials.map(trialResult), limits);
  const byNumber = new Map(trials.map(({ number }, place) => [number, standings[place]!]));
  return ({ number }) => byNumber.get(number) ?? KEPT;
}

/** How configurations stand to the limits by the means of their runs that count. */
export function groupStandings(
  groups: readonly ReplicateGroup[],
  limits: readonly Limit[],
): (group: ReplicateGroup) => LimitStanding {
  if (limits.length === 0) return () => KEPT;
  const results = groups.map(({ first, trials }): LimitedResult => {
    return { params: first.params, value: (metric) => meanOf(trials, metric) };
  });
  const standings = limitStandings(results, limits);
  const byConfiguration = new Map(groups.map(({ configuration }, place) => [configuration, standings[place]!]));
  return ({ configuration }) => byConfiguration.get(configuration) ?? KEPT;
}

/**
 * How each result stands to the limits. Of joined comparisons, `and` is broken by the sum and `or` by the least of what its parts are
 * broken by; a metric without a value breaks by Infinity.
 */
export function limitStandings(results: readonly LimitedResult[], limits: readonly Limit[]): readonly LimitStanding[] {
  const excesses = results.map((result) => excessesOf(result, limits));
  const spreads = limits.map((_limit, k) => spreadsOf(excesses.map((own) => own[k]!)));
  return excesses.map((own) => standingOf(own, limits, spreads));
}

/** Of each limit, by how much each of its comparisons is broken: see {@link Limit.excesses}. */
export type Excesses = readonly (readonly number[])[];

/** By how much a result breaks each comparison of each limit. */
export function excessesOf(result: LimitedResult, limits: readonly Limit[]): Excesses {
  return limits.map((limit) => {
    const excesses = limit.excesses(result);
    const isOpen = result.isTold !== undefined && !limit.metrics.every((metric) => result.isTold!(metric));
    return isOpen ? excesses.map(() => Number.NEGATIVE_INFINITY) : excesses;
  });
}

/** How a result stands by what it breaks, given how far each comparison's differences usually lie apart. */
export function standingOf(
  excesses: Excesses,
  limits: readonly Limit[],
  spreads: readonly (readonly number[])[],
): LimitStanding {
  const broken = brokenLimits(excesses, limits);
  return { feasible: broken.length === 0, violation: violationBy(excesses, limits, spreads), broken };
}

/** Texts of the limits whose comparisons are broken by these. */
export function brokenLimits(excesses: Excesses, limits: readonly Limit[]): readonly string[] {
  return limits.filter(({ tree }, k) => !isKept(tree, excesses[k]!)).map(({ text }) => text);
}

/** The sum of what each limit is broken by, in how far each comparison's differences usually lie apart. */
export function violationBy(
  excesses: Excesses,
  limits: readonly Limit[],
  spreads: readonly (readonly number[])[],
): number {
  let violation = 0;
  for (const [k, { tree }] of limits.entries()) violation += violationOf(tree, excesses[k]!, spreads[k]!);
  return violation;
}

/** True when a limit whose comparisons are broken by these is kept. */
export function isKept(tree: LimitTree, excesses: readonly number[]): boolean {
  if (tree.kind === "comparison") return excesses[tree.place]! <= 0;
  const kept = (part: LimitTree): boolean => isKept(part, excesses);
  return tree.kind === "and" ? tree.parts.every(kept) : tree.parts.some(kept);
}

function violationOf(tree: LimitTree, excesses: readonly number[], spreads: readonly number[]): number {
  if (tree.kind === "comparison") {
    const excess = excesses[tree.place]!;
    return Number.isNaN(excess) ? Number.POSITIVE_INFINITY : Math.max(0, excess) / spreads[tree.place]!;
  }
  const parts = tree.parts.map((part) => violationOf(part, excesses, spreads));
  return tree.kind === "and" ? parts.reduce((sum, part) => sum + part, 0) : parts.reduce((a, b) => Math.min(a, b));
}

/** Of each comparison the distance between the quartiles of its differences, else between all of them, else 1. */
export function spreadsOf(rows: readonly (readonly number[])[]): readonly number[] {
  const count = rows[0]?.length ?? 0;
  return Array.from({ length: count }, (_none, place) => {
    const differences = rows.map((row) => row[place]!).filter(Number.isFinite);
    return spreadOf(differences.sort((a, b) => a - b));
  });
}

/** The spread of ascending differences. */
export function spreadOf(sorted: readonly number[]): number {
  const [low, high] = QUARTERS.map((share) => sorted[Math.round(share * (sorted.length - 1))]!);
  const spread = high! - low! || sorted.at(-1)! - sorted[0]!;
  return Number.isFinite(spread) && spread > 0 ? spread : 1;
}
