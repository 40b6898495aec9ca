import { binDensity } from "./bin-density.ts";

/**
 * Pearson divergence of the distribution of `some` from that of `all`, of which they are part: values in [0, 1] in `bins` equal bins,
 * spread by a Gaussian kernel where `smooth`.
 */
export function pearsonDivergence(
  some: readonly number[],
  all: readonly number[],
  bins: number,
  smooth: boolean,
): number {
  const width = smooth ? bandwidth(some, bins) : 0;
  const [part, whole] = [binDensity(some, bins, width), binDensity(all, bins, width)];
  let sum = 0;
  for (let bin = 0; bin < bins; bin++) {
    if (whole[bin]! <= 0) continue;
    const ratio = part[bin]! / whole[bin]! - 1;
    sum += whole[bin]! * ratio * ratio;
  }
  return sum;
}

/** Scott's rule with the smaller of deviation and quartile distance, at least about a third of a bin. */
function bandwidth(units: readonly number[], bins: number): number {
  const sorted = [...units].sort((a, b) => a - b);
  const { length } = sorted;
  const mean = sorted.reduce((sum, unit) => sum + unit / length, 0);
  const variance = sorted.reduce((sum, unit) => sum + (unit - mean) * (unit - mean), 0) / Math.max(1, length - 1);
  const quartiles = sorted[Math.floor(0.75 * (length - 1))]! - sorted[Math.floor(0.25 * (length - 1))]!;
  const spread = quartiles > 0 ? Math.min(Math.sqrt(variance), quartiles / 1.34) : Math.sqrt(variance);
  return Math.max((1.059 * spread) / fifthRoot(length), 0.3 / bins);
}

/** By Newton's method: the pure rooms have no powers. */
function fifthRoot(x: number): number {
  let root = Math.sqrt(Math.sqrt(x));
  for (let n = 0; n < 20; n++) root -= (root - x / (root * root * root * root)) / 5;
  return root;
}
