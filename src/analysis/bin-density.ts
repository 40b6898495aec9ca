import { exp } from "../numeric/special/exp.ts";

/**
 * The share of values in [0, 1] that each of `bins` equal bins holds, spread by a Gaussian kernel of deviation `width` that stays
 * within [0, 1]; 0 spreads nothing. The shares add up to 1.
 */
export function binDensity(values: readonly number[], bins: number, width: number): Float64Array {
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins))]! += 1 / values.length;
  if (width === 0) return counts;
  const kernel = Float64Array.from({ length: bins }, (_, distance) => {
    const z = distance / bins / width;
    return exp(-0.5 * z * z);
  });
  const shares = new Float64Array(bins);
  for (let from = 0; from < bins; from++) {
    if (counts[from] === 0) continue;
    let mass = 0;
    for (let to = 0; to < bins; to++) mass += kernel[Math.abs(to - from)]!;
    for (let to = 0; to < bins; to++) shares[to]! += (counts[from]! * kernel[Math.abs(to - from)]!) / mass;
  }
  return shares;
}
