const FIRST = 0.8;
const MOST = 1.6;
const LEAST = 0.0078125;
const SUCCESSES = 3;
/** An improvement that counts, as a share of the best value's size. */
const COUNTS = 1e-3;

/**
 * Edge length of the trust region as of all values so far, in finish order, to be made small: doubled after three improvements in a
 * row, halved after as many failures as there are dimensions, begun anew below 2^-7 (Eriksson et al., "Scalable global optimization
 * via local Bayesian optimization", 2019).
 */
export function trustLength(values: ArrayLike<number>, dimension: number): number {
  const patience = Math.max(4, Math.ceil(dimension));
  let [length, successes, failures, best] = [FIRST, 0, 0, Number.POSITIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const better = values[i]! < best - COUNTS * Math.abs(best === Number.POSITIVE_INFINITY ? 0 : best);
    best = Math.min(best, values[i]!);
    successes = better ? successes + 1 : 0;
    failures = better ? 0 : failures + 1;
    if (successes === SUCCESSES) {
      length = Math.min(MOST, 2 * length);
      successes = 0;
    }
    if (failures === patience) {
      length /= 2;
      failures = 0;
      if (length < LEAST) length = FIRST;
    }
  }
  return length;
}
