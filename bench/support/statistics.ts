/** Middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export interface Interval {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  /** Probability that the interval holds the true median. */
  readonly coverage: number;
}

/**
 * The median with a distribution-free interval: the narrowest pair of order statistics, symmetric in rank, that holds the
 * true median with at least 95 % (all of it when there are too few values for that).
 */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  let outside = 0;
  let coverage = 1 - 2 * 0.5 ** n;
  let cut = 0;
  for (let k = 0; k < n / 2; k += 1) {
    outside += binomial(n, k) * 0.5 ** n;
    if (1 - 2 * outside < 0.95) break;
    cut = k;
    coverage = 1 - 2 * outside;
  }
  return { middle: median(values), low: sorted[cut]!, high: sorted[n - 1 - cut]!, coverage };
}

function binomial(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i += 1) product = (product * (n - k + i)) / i;
  return product;
}
