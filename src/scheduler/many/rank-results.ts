import { dominanceRanks } from "../../numeric/pareto/dominance-ranks.ts";
import {
  compareStandings,
  type Limit,
  type LimitedResult,
  type LimitStanding,
  limitStandings,
} from "../../objective/index.ts";
import { loneliestFirst } from "./loneliest-first.ts";
import type { StepResult } from "./step-result.ts";

/** A result's place among those at the same step. */
export interface RankedResult {
  readonly trial: number;
  /** Those of a smaller tier are better: fronts, then what breaks limits by how much, then what is worth nothing. From 0. */
  readonly tier: number;
  /** Its front from 0, -1 where it breaks a limit or is worth nothing. */
  readonly front: number;
  /** Texts of the limits that it breaks. */
  readonly broken: readonly string[];
}

/**
 * Results at one step, best first: those that keep the limits before the others, by the front they are on and there by how far their neighbours lie apart
 * (Deb et al., NSGA-II, 2002), then by what they break, then the worthless. Equal ones by number. A limit says nothing of what was not told yet.
 */
export function rankResults(given: readonly StepResult[], limits: readonly Limit[]): readonly RankedResult[] {
  // In the order of their numbers, so that the order follows from what there is, not from how it came.
  const results = given.toSorted((a, b) => a.trial - b.trial);
  const worth = results.filter(isWorth);
  const standings = standingsOf(worth, limits);
  const places = [...worth.keys()];
  const feasible = places.filter((place) => standings[place]!.feasible);
  const others = places
    .filter((place) => !standings[place]!.feasible)
    .sort((a, b) => compareStandings(standings[a]!, standings[b]!) || a - b);
  const ranked = rankFronts(feasible.map((place) => worth[place]!));
  let tier = (ranked.at(-1)?.tier ?? -1) + 1;
  for (const [k, place] of others.entries()) {
    const before = others[k - 1];
    if (before !== undefined && compareStandings(standings[before]!, standings[place]!) < 0) tier += 1;
    ranked.push({ trial: worth[place]!.trial, tier, front: -1, broken: standings[place]!.broken });
  }
  if (others.length > 0) tier += 1;
  const worthless = results.filter((result) => !isWorth(result));
  return [...ranked, ...worthless.map(({ trial }) => ({ trial, tier, front: -1, broken: [] }))];
}

function isWorth({ point }: StepResult): boolean {
  return point.every(Number.isFinite);
}

function standingsOf(results: readonly StepResult[], limits: readonly Limit[]): readonly LimitStanding[] {
  return limitStandings(results.map(limitedResult), limits);
}

/** A result as limits look at it. */
export function limitedResult({ params, told }: StepResult): LimitedResult {
  return {
    params,
    value: (metric) => (Object.hasOwn(told, metric) ? told[metric]! : Number.NaN),
    isTold: (metric) => Object.hasOwn(told, metric),
  };
}

/** Front by front, on each the loneliest first. */
function rankFronts(results: readonly StepResult[]): RankedResult[] {
  const points = results.map(({ point }) => point);
  const fronts = frontsOf(points);
  return fronts.flatMap((front, tier) => {
    return loneliestFirst(front.map((place) => points[place]!)).map((k) => ({
      trial: results[front[k]!]!.trial,
      tier,
      front: tier,
      broken: [],
    }));
  });
}

/** Places by front. By one objective each value is a front, which need not be looked for. */
function frontsOf(points: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const fronts: number[][] = [];
  if (points[0]?.length === 1) {
    const order = [...points.keys()].sort((a, b) => points[a]![0]! - points[b]![0]! || a - b);
    for (const [k, place] of order.entries()) {
      if (k > 0 && points[order[k - 1]!]![0] === points[place]![0]) fronts.at(-1)!.push(place);
      else fronts.push([place]);
    }
    return fronts;
  }
  const ranks = dominanceRanks(points);
  for (const [place, rank] of ranks.entries()) {
    fronts[rank] ??= [];
    fronts[rank].push(place);
  }
  return fronts;
}
