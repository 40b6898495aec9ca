import { expm1 } from "../../numeric/special/expm1.ts";
import { ln } from "../../numeric/special/ln.ts";
import { ln1p } from "../../numeric/special/ln1p.ts";
import { normalQuantile } from "../../numeric/special/normal-quantile.ts";

/** How values are bent before they are modelled. */
export type OutputWarp = "half-rank" | "yeo-johnson" | "identity";

/**
 * Values (to be made small) bent and standardised: mean 0 and deviation 1, or all 0 where they do not differ. Order is kept.
 * `half-rank` replaces the worse half by the normal scores of their ranks and stretches the better half by a logarithm (the output
 * pipeline of Song et al., "The Vizier Gaussian process bandit algorithm", 2024).
 */
export function warpOutputs(values: ArrayLike<number>, warp: OutputWarp): Float64Array {
  const scaled = toUnitRange(values);
  switch (warp) {
    case "half-rank":
      return standardize(logStretch(halfRank(scaled)));
    case "yeo-johnson":
      return standardize(yeoJohnson(standardize(scaled)));
    case "identity":
      return standardize(scaled);
  }
}

/** To [0, 1] without overflow; all 0 where values do not differ. */
function toUnitRange(values: ArrayLike<number>): Float64Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  const range = high / 4 - low / 4;
  return Float64Array.from(values, (v) => (range > 0 ? (v / 4 - low / 4) / range : 0));
}

function standardize(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const square = values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / values.length;
  const deviation = Math.sqrt(square);
  return deviation > 1e-14 ? values.map((v) => (v - mean) / deviation) : new Float64Array(values.length);
}

function halfRank(values: Float64Array): Float64Array {
  const sorted = values.toSorted();
  const n = sorted.length;
  const median = n % 2 === 1 ? sorted[(n - 1) / 2]! : 0.5 * (sorted[n / 2 - 1]! + sorted[n / 2]!);
  const good = sorted.filter((v) => v <= median);
  const spread = Math.sqrt(good.reduce((sum, v) => sum + (v - median) * (v - median), 0) / good.length);
  if (!(spread > 0)) return values; // more than half are equal and best: nothing to scale the others by
  const ranks = new Map<number, number>();
  for (const v of sorted) ranks.set(v, (ranks.get(v) ?? 0) + 1);
  let below = 0;
  for (const [v, count] of ranks) {
    ranks.set(v, (below + 0.5 * count) / n);
    below += count;
  }
  return values.map((v) => (v <= median ? v : median + spread * normalQuantile(ranks.get(v)!)));
}

/** y -> ln(1 + share / 2): differences between the best weigh more. */
function logStretch(values: Float64Array): Float64Array {
  const low = values.reduce((a, v) => Math.min(a, v), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, v) => Math.max(a, v), Number.NEGATIVE_INFINITY);
  return high > low ? values.map((v) => ln1p((0.5 * (v - low)) / (high - low))) : values;
}

/** Yeo and Johnson (2000) with the power of highest likelihood on a grid. */
function yeoJohnson(values: Float64Array): Float64Array {
  let best = values;
  let most = Number.NEGATIVE_INFINITY;
  const logs = values.reduce((sum, v) => sum + Math.sign(v) * ln1p(Math.abs(v)), 0);
  for (let power = -2; power <= 4.001; power += 0.25) {
    const bent = values.map((v) => bend(v, power));
    const mean = bent.reduce((sum, v) => sum + v, 0) / bent.length;
    const variance = bent.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / bent.length;
    const likelihood = -0.5 * bent.length * ln(variance) + (power - 1) * logs;
    if (!(likelihood > most)) continue;
    most = likelihood;
    best = bent;
  }
  return best;
}

function bend(v: number, power: number): number {
  if (v >= 0) return Math.abs(power) < 1e-9 ? ln1p(v) : expm1(power * ln1p(v)) / power;
  const other = 2 - power;
  return Math.abs(other) < 1e-9 ? -ln1p(-v) : -expm1(other * ln1p(-v)) / other;
}
