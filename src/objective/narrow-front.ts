import type { Metric } from "../trial/metric.ts";
import { frontShares } from "./front-scale.ts";
import { weightedValue } from "./weighted-values.ts";

/** Weights that are weighed in two objectives; in more as many along each side as make no more than a few hundred. */
const DIVISIONS = [0, 0, 100, 20, 10, 7, 5] as const;
const DIVISIONS_OF_MANY = 4;
/** Points asked about at a time. */
const ASKED = 3;
/** Keeps the weights of a point finite that is the best in something. */
const LEAST_SHARE = 0.01;

/** What somebody answered: this point rather than those; values in the order of the metrics. */
export interface FrontAnswer {
  readonly preferred: readonly number[];
  readonly over: readonly (readonly number[])[];
}

/** What is left of a front after some answers, by place. */
export interface NarrowedFront {
  /** Points that some weights choose by which all was answered as it was, or nearly all; at least one of a front. */
  readonly left: readonly number[];
  /** Two or three of them to ask about next; none where one is left. */
  readonly ask: readonly number[];
  /** The middle of those weights, one for each metric. */
  readonly weights: readonly number[];
}

/**
 * Narrows a front by answers: of weights all over the objectives those stay by which each answer's point is worth the most of those shown (augmented Chebyshev
 * values), those with the fewest errors where none has none; of the points those that such weights choose and that nobody has put behind another one. Asked
 * about next is the point that most weights choose, and those that lie farthest from it and from each other.
 */
export function narrowFront(
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
  answers: readonly FrontAnswer[],
): NarrowedFront {
  const answered = answers.flatMap(({ preferred, over }) => [preferred, ...over]);
  const shares = sharesOnFront(points, metrics, answered);
  const own = points.map((_point, place) => shares[place]!);
  const shown = answered.map((_point, k) => shares[points.length + k]!);
  const weights = fitting([...lattice(metrics.length), ...own.map(weightsOf)], answers, shown);
  const mass = points.map(() => 0);
  const rejected = new Set(answers.flatMap(({ over }) => over.map((point) => JSON.stringify(point))));
  const isLeft = (place: number): boolean => !rejected.has(JSON.stringify(points[place]));
  const kept = [...points.keys()].filter(isLeft);
  // Answers in a circle leave nothing: then none of them counts.
  const open = kept.length > 0 ? kept : [...points.keys()];
  for (const weight of weights) {
    const best = leastOf(open, (place) => weightedValue(own[place]!, weight));
    if (best !== null) mass[best]! += 1;
  }
  const left = open.filter((place) => mass[place]! > 0);
  const middle = metrics.map((_metric, at) => weights.reduce((sum, weight) => sum + weight[at]!, 0) / weights.length);
  return { left, ask: left.length < 2 ? [] : spreadOut(left, own, mass), weights: middle };
}

/** Shares of the front's points, then of others on the same scale. */
function sharesOnFront(
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
  others: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return frontShares([...points, ...others], metrics, points);
}

/** Weights, one for each metric, by which a point of a front is the best of all that do not beat it in everything. */
export function weightsFor(
  place: number,
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
): readonly number[] {
  return weightsOf(frontShares(points, metrics)[place]!);
}

function weightsOf(shares: readonly number[]): readonly number[] {
  const inverse = shares.map((share) => 1 / Math.max(LEAST_SHARE, share));
  const total = inverse.reduce((sum, one) => sum + one, 0);
  return inverse.map((one) => one / total);
}

/** Weights that add up to 1, evenly over all there are. */
function lattice(dimension: number): readonly (readonly number[])[] {
  const divisions = DIVISIONS[dimension] ?? DIVISIONS_OF_MANY;
  const made: number[][] = [];
  const fill = (before: readonly number[], left: number): void => {
    if (before.length === dimension - 1) made.push([...before, left].map((part) => part / divisions));
    else for (let part = 0; part <= left; part++) fill([...before, part], left - part);
  };
  fill([], divisions);
  return made;
}

/** The weights that the fewest answers speak against. */
function fitting(
  weights: readonly (readonly number[])[],
  answers: readonly FrontAnswer[],
  shown: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const against = weights.map((weight) => {
    let [at, errors] = [0, 0];
    for (const { over } of answers) {
      const value = weightedValue(shown[at]!, weight);
      const others = shown.slice(at + 1, at + 1 + over.length);
      if (others.some((other) => weightedValue(other, weight) < value)) errors += 1;
      at += 1 + over.length;
    }
    return errors;
  });
  const fewest = Math.min(...against);
  return weights.filter((_weight, k) => against[k] === fewest);
}

function spreadOut(
  left: readonly number[],
  shares: readonly (readonly number[])[],
  mass: readonly number[],
): readonly number[] {
  const asked = [leastOf(left, (place) => -mass[place]!)!];
  while (asked.length < Math.min(ASKED, left.length)) {
    const rest = left.filter((place) => !asked.includes(place));
    const nearest = (place: number): number =>
      Math.min(...asked.map((other) => distance(shares[place]!, shares[other]!)));
    asked.push(leastOf(rest, (place) => -nearest(place))!);
  }
  return asked.sort((a, b) => a - b);
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, share, at) => sum + Math.abs(share - b[at]!), 0);
}

/** The first of the places with the least measure; null of none. */
function leastOf(places: readonly number[], measure: (place: number) => number): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const value = measure(place);
    if (best !== null && !(value < least)) continue;
    best = place;
    least = value;
  }
  return best;
}
