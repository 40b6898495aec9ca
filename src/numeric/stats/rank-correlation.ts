import { exp } from "../special/exp.ts";
import { ln } from "../special/ln.ts";

/** Pairs below which no bound of a correlation is known. */
const FEWEST = 4;

/** Spearman's rank correlation of pairs, equal values sharing the mean of their ranks; NaN where one side has but one value. Infinities are ranked. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
  const [a, b] = [ranksOf(pairs.map(([first]) => first)), ranksOf(pairs.map(([, second]) => second))];
  const middle = (pairs.length + 1) / 2;
  let [products, squaresA, squaresB] = [0, 0, 0];
  for (let k = 0; k < pairs.length; k++) {
    const [x, y] = [a[k]! - middle, b[k]! - middle];
    products += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return products / Math.sqrt(squaresA * squaresB);
}

/**
 * What a rank correlation of `count` pairs is at least, `z` standard deviations (of the normal distribution) sure: by Fisher's transformation with the variance
 * `(1 + r²/2) / (n - 3)` of Bonett and Wright, "Sample size requirements for estimating Pearson, Kendall and Spearman correlations" (Psychometrika
 * 2000). -1 for fewer than four pairs, or a correlation that is NaN.
 */
export function rankCorrelationAtLeast(correlation: number, count: number, z: number): number {
  if (count < FEWEST || Number.isNaN(correlation)) return -1;
  // Of equal ranks no more is known than that they are nearer to 1 than any others: half the step to the next.
  const most = 1 - 6 / (count * (count * count - 1));
  const bounded = Math.max(-most, Math.min(most, correlation));
  const transformed = ln((1 + bounded) / (1 - bounded)) / 2;
  const low = transformed - z * Math.sqrt((1 + (bounded * bounded) / 2) / (count - 3));
  return 1 - 2 / (exp(2 * low) + 1);
}

/** From 1 up; equal values have the mean of theirs. */
function ranksOf(values: readonly number[]): readonly number[] {
  const order = values
    .map((_value, k) => k)
    .sort((a, b) => (values[a]! < values[b]! ? -1 : Number(values[a]! > values[b]!)));
  const ranks: number[] = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}
