import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import { ln1p } from "../../numeric/special/ln1p.ts";
import type { PointSpace } from "./point-space.ts";

/** What was measured more than once. */
export interface Repeats {
  readonly points: readonly Float64Array[];
  readonly values: ArrayLike<number>;
  /** Indices of the points of one configuration, two at least a group. */
  readonly groups: readonly (readonly number[])[];
}

/** The repeats of one configuration: how far their values spread about their mean. */
interface Spread {
  readonly point: Float64Array;
  readonly freedom: number;
  readonly variance: number;
}

/** Weighted sums over the spreads near a place. */
interface Nearby {
  readonly freedom: number;
  readonly squares: number;
}

type SquaredDistance = (a: Float64Array, b: Float64Array) => number;

/** How the noise of a place is told from the spreads about it. */
interface Rule {
  readonly squaredDistance: SquaredDistance;
  /** Squared distance from which on a spread says nothing. */
  readonly reach: number;
  /** Degrees of freedom that the variance over all repeats weighs as much as. */
  readonly prior: number;
}

const LEAST_GROUPS = 4;
const LEAST_FREEDOM = 6;
/** Groups that a rule is chosen by, and axes that are tried alone. */
const MOST_GROUPS = 100;
const MOST_AXES = 40;
/** Of the mean squared distance between groups. */
const REACHES = [0.25, 1, 4];
const PRIORS = [0.5, 2, 8];
/** Degrees of freedom with which variances scatter about what a rule says: an outlier among the repeats decides nothing. */
const SCATTER = 10;
/**
 * How much likelier a rule must make the spreads than one variance for all does, in nats, and how much more for each factor of e in the
 * number of rules tried: of 100 histories of even normal noise at most 3 then have factors.
 */
const MARGIN = 1;
const MARGIN_BY_LN_RULES = 0.5;
/** Of the variance over all repeats. */
const LEAST_VARIANCE = 1e-4;

/**
 * How much noisier or quieter than on average the values at `at` are (and those at `further`, which follow): factors of the variance
 * with a geometric mean of one over `at`. All are one unless there are repeats in four places at least whose spreads are foretold by
 * those nearby much better than by one variance for all. The variance of a place is that of the repeats about it, by distance over all
 * axes or along one of them, shrunk towards that of all repeats by degrees of freedom (an inverse gamma prior, as in Smyth, "Linear
 * models and empirical Bayes methods", 2004). For noise that differs from place to place in Gaussian processes see Ankenman, Nelson
 * and Staum, "Stochastic kriging for simulation metamodeling", 2010.
 */
export function noiseFactors(
  space: PointSpace,
  repeats: Repeats,
  at: readonly Float64Array[],
  further: readonly Float64Array[] = [],
): Float64Array {
  const factors = new Float64Array(at.length + further.length).fill(1);
  if (repeats.groups.length < LEAST_GROUPS) return factors;
  const spreads = spreadsOf(repeats);
  const all = pooled(spreads);
  if (total(spreads, ({ freedom }) => freedom) < LEAST_FREEDOM || !(all > 0)) return factors;
  const rule = chooseRule(space, spreads);
  if (rule === null) return factors;
  const logs = [...at, ...further].map((point) => {
    const distances = distancesFrom(point, spreads, rule.squaredDistance);
    return ln(shrunk(nearby(spreads, distances, rule.reach), rule.prior, all));
  });
  const mean = logs.slice(0, at.length).reduce((sum, v) => sum + v, 0) / at.length;
  return factors.map((_, i) => exp(logs[i]! - mean));
}

/** Most degrees of freedom first, in an order that does not depend on that of the trials. */
function spreadsOf({ points, values, groups }: Repeats): readonly Spread[] {
  const spreads = groups.map((group) => {
    const own = Float64Array.from(group, (i) => values[i]!).sort();
    // About the least of them, so that equal values have no variance, not one of rounding.
    const above = own.map((v) => v - own[0]!);
    const mean = above.reduce((sum, v) => sum + v, 0) / own.length;
    const squares = above.reduce((sum, v) => sum + (v - mean) * (v - mean), 0);
    return { point: points[group[0]!]!, freedom: own.length - 1, variance: squares / (own.length - 1) };
  });
  return spreads.sort((a, b) => b.freedom - a.freedom || b.variance - a.variance || comparePlaces(a.point, b.point));
}

function comparePlaces(a: Float64Array, b: Float64Array): number {
  const axis = a.findIndex((place, i) => !Object.is(place, b[i]));
  if (axis < 0) return 0;
  return Number.isNaN(a[axis]) ? -1 : Number.isNaN(b[axis]) ? 1 : a[axis]! - b[axis]!;
}

/** The rule under which each spread is foretold best by all others; null when one variance for all does about as well. */
function chooseRule(space: PointSpace, spreads: readonly Spread[]): Rule | null {
  const chosen = spreads.slice(0, MOST_GROUPS);
  const tried = distancesOver(space).flatMap((squaredDistance) => bestRules(chosen, squaredDistance));
  if (tried.length === 0) return null;
  const best = tried.reduce((a, b) => (b.score > a.score ? b : a));
  const rules = tried.length * REACHES.length * PRIORS.length;
  return best.score < evenScore(chosen) + MARGIN + MARGIN_BY_LN_RULES * ln(rules) ? null : best.rule;
}

/** Squared distances over all axes, and along each of them. */
function distancesOver(space: PointSpace): readonly SquaredDistance[] {
  const along = space.axes.map(({ kind }, axis): SquaredDistance => {
    return (a, b) => {
      const x = a[axis]!;
      const y = b[axis]!;
      if (Object.is(x, y)) return 0;
      return kind === "nominal" || Number.isNaN(x) || Number.isNaN(y) ? 1 : (x - y) * (x - y);
    };
  });
  if (along.length < 2) return along;
  return [(a, b) => along.reduce((sum, distance) => sum + distance(a, b), 0), ...along.slice(0, MOST_AXES)];
}

function distancesFrom(
  point: Float64Array,
  spreads: readonly Spread[],
  squaredDistance: SquaredDistance,
): Float64Array {
  const distances = new Float64Array(spreads.length);
  for (let i = 0; i < distances.length; i++) distances[i] = squaredDistance(point, spreads[i]!.point);
  return distances;
}

/** The best rule by that distance with its score; none where all groups are at the same place of it. */
function bestRules(
  spreads: readonly Spread[],
  squaredDistance: SquaredDistance,
): readonly { readonly rule: Rule; readonly score: number }[] {
  const n = spreads.length;
  const apart = spreads.map(({ point }) => distancesFrom(point, spreads, squaredDistance));
  const mean = apart.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0) / (n * (n - 1));
  if (!(mean > 0)) return [];
  const tried = REACHES.flatMap((share) => {
    const reach = share * mean;
    const near = spreads.map((own, j) => nearby(spreads, apart[j]!, reach, own));
    return PRIORS.map((prior) => ({
      rule: { squaredDistance, reach, prior },
      score: foretelling(spreads, near, prior),
    }));
  });
  return [tried.reduce((a, b) => (b.score > a.score ? b : a))];
}

/** Log-likelihood of each spread given what is near it, itself left out. */
function foretelling(spreads: readonly Spread[], near: readonly Nearby[], prior: number): number {
  const all = pooled(spreads);
  const freedoms = total(spreads, ({ freedom }) => freedom);
  let score = 0;
  for (let j = 0; j < spreads.length; j++) {
    const own = spreads[j]!;
    const others = (freedoms * all - own.freedom * own.variance) / (freedoms - own.freedom);
    score += logLikelihood(own, Math.max(LEAST_VARIANCE * all, shrunk(near[j]!, prior, others)));
  }
  return score;
}

/** Log-likelihood of the spreads under the one variance that suits them best. */
function evenScore(spreads: readonly Spread[]): number {
  let variance = 2 * pooled(spreads);
  let best = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < 28; k++) {
    best = Math.max(
      best,
      total(spreads, (own) => logLikelihood(own, variance)),
    );
    variance *= Math.SQRT1_2;
  }
  return best;
}

/** Of a sample variance whose true value is inverse gamma about `scale`, up to what does not depend on that. */
function logLikelihood({ freedom, variance }: Spread, scale: number): number {
  return -0.5 * freedom * ln(scale) - 0.5 * (freedom + SCATTER) * ln1p((freedom * variance) / (SCATTER * scale));
}

/** Sums over the spreads within reach of a place that is so far (squared) from each; `without` does not count. */
function nearby(
  spreads: readonly Spread[],
  squaredDistances: ArrayLike<number>,
  reach: number,
  without: Spread | null = null,
): Nearby {
  let freedom = 0;
  let squares = 0;
  for (let i = 0; i < spreads.length; i++) {
    const nearness = 1 - squaredDistances[i]! / reach;
    const spread = spreads[i]!;
    if (nearness <= 0 || spread === without) continue;
    const weight = nearness * nearness * spread.freedom;
    freedom += weight;
    squares += weight * spread.variance;
  }
  return { freedom, squares };
}

/** The variance of a place, `all` being that of all repeats. */
function shrunk({ freedom, squares }: Nearby, prior: number, all: number): number {
  return (prior * all + squares) / (prior + freedom);
}

function pooled(spreads: readonly Spread[]): number {
  return total(spreads, ({ freedom, variance }) => freedom * variance) / total(spreads, ({ freedom }) => freedom);
}

function total(spreads: readonly Spread[], of: (spread: Spread) => number): number {
  return spreads.reduce((sum, spread) => sum + of(spread), 0);
}
