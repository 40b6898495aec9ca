import { ln } from "../../numeric/special/ln.ts";
import type { Parameter } from "../../space/parameter.ts";
import { hypergeometricTail } from "./hypergeometric-tail.ts";
import { isOrdered } from "./parameter-rank.ts";

/** Trials that came to an end, by place, with what they have of each parameter. */
export interface EndedTrials {
  /** 1 for those that failed. */
  readonly failed: Uint8Array;
  /** Rank of a parameter's value; NaN where a trial has none. */
  ranks(parameter: Parameter): Float64Array;
}

/** One side of a range, or one value, by rank. */
export interface RegionSide {
  readonly parameter: Parameter;
  readonly relation: "equal" | "at-least" | "at-most";
  readonly rank: number;
}

/** Where failures gather: all of its sides hold there. */
export interface FailureRegion {
  readonly sides: readonly RegionSide[];
  /** Trials that failed and ended well there. */
  readonly failures: number;
  readonly successes: number;
  readonly chance: number;
}

const FEWEST = 3;
/** It is no region of the failures where fewer of them, or more of the others, lie there. */
const LEAST_SHARE = 0.5;
const LEAST_RATE = 0.5;
/** Elsewhere trials fail at most so much as often. */
const MOST_ELSEWHERE = 1 / 3;
const LEVEL = 0.01;

interface Found extends RegionSide {
  readonly failures: number;
  readonly all: number;
  readonly comparisons: number;
}

/**
 * A region in which most trials failed, and hardly any outside of it: one side of one parameter's range or one of its values, or two
 * such together. Found by looking for the largest likelihood ratio, and for a second side within the first; told where chance would do
 * so in less than one study of a hundred (hypergeometric tail, times the number of sides looked at).
 */
export function failureRegion(ended: EndedTrials, parameters: readonly Parameter[]): FailureRegion | null {
  const everyone = Int32Array.from(ended.failed, (_failed, place) => place);
  const failures = ended.failed.reduce((sum, one) => sum + one, 0);
  if (failures < FEWEST || failures === everyone.length) return null;
  const first = bestSide(ended, parameters, everyone, failures);
  if (first === null) return null;
  const chance = chanceOf(first, failures, everyone.length);
  if (chance >= LEVEL) return null;
  const within = everyone.filter((place) => holds(first, ended.ranks(first.parameter)[place]!));
  const second = first.failures === first.all ? null : bestSide(ended, parameters, within, failures);
  const narrower = second === null ? 1 : chanceOf(second, first.failures, first.all);
  const sides = second === null || narrower >= LEVEL ? [first] : [first, second];
  const last = sides.at(-1)!;
  const outside = (failures - last.failures) / Math.max(1, everyone.length - last.all);
  const rate = last.failures / last.all;
  if (rate < LEAST_RATE || outside > rate * MOST_ELSEWHERE) return null;
  return {
    sides: sides.map(({ parameter, relation, rank }) => ({ parameter, relation, rank })),
    failures: last.failures,
    successes: last.all - last.failures,
    chance,
  };
}

function chanceOf({ failures, all, comparisons }: Found, failed: number, total: number): number {
  return Math.min(1, hypergeometricTail(failures, all, failed, total) * comparisons);
}

function holds({ relation, rank }: RegionSide, own: number): boolean {
  if (relation === "equal") return own === rank;
  return relation === "at-least" ? own >= rank : own <= rank;
}

/** The side with the largest likelihood ratio among those that hold at least half of `wanted` failures. */
function bestSide(
  ended: EndedTrials,
  parameters: readonly Parameter[],
  places: Int32Array,
  wanted: number,
): Found | null {
  let best: Omit<Found, "comparisons"> | null = null;
  let score = 0;
  let comparisons = 0;
  const failed = places.reduce((sum, place) => sum + ended.failed[place]!, 0);
  const rate = failed / places.length;
  for (const parameter of parameters) {
    if (parameter.type === "fixed") continue;
    for (const side of sidesOf(ended, parameter, places)) {
      comparisons += 1;
      if (side.failures < Math.max(FEWEST, LEAST_SHARE * wanted) || side.failures / side.all <= rate) continue;
      const own = likelihoodRatio(side.failures, side.all, failed, places.length);
      if (own <= score) continue;
      score = own;
      best = side;
    }
  }
  return best === null ? null : { ...best, comparisons };
}

/** Twice the logarithm of how much likelier two rates make the results than one. */
function likelihoodRatio(failures: number, all: number, failed: number, total: number): number {
  const term = (count: number, expected: number): number => (count === 0 ? 0 : 2 * count * ln(count / expected));
  const rate = failed / total;
  const [rest, others] = [failed - failures, total - all];
  return (
    term(failures, all * rate) +
    term(all - failures, all * (1 - rate)) +
    term(rest, others * rate) +
    term(others - rest, others * (1 - rate))
  );
}

/** Each value that a failure has, as itself or as an end. */
function* sidesOf(
  { failed, ranks }: EndedTrials,
  parameter: Parameter,
  places: Int32Array,
): Generator<Omit<Found, "comparisons">> {
  const own = ranks(parameter);
  const known = places.filter((place) => !Number.isNaN(own[place]!)).sort((a, b) => own[a]! - own[b]!);
  const all = known.reduce((sum, place) => sum + failed[place]!, 0);
  let [before, failedBefore] = [0, 0];
  for (let from = 0; from < known.length; ) {
    const rank = own[known[from]!]!;
    let to = from;
    let failures = 0;
    while (to < known.length && own[known[to]!] === rank) failures += failed[known[to++]!]!;
    if (failures > 0) {
      const base = { parameter, rank };
      if (!isOrdered(parameter.type)) yield { ...base, relation: "equal", failures, all: to - from };
      else {
        yield { ...base, relation: "at-least", failures: all - failedBefore, all: known.length - before };
        yield { ...base, relation: "at-most", failures: failedBefore + failures, all: to };
      }
    }
    before = to;
    failedBefore += failures;
    from = to;
  }
}
