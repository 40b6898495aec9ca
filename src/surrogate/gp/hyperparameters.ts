import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { ln } from "../../numeric/special/ln.ts";

/** What a Gaussian process learns about its data: logarithms throughout. */
export interface Hyperparameters {
  /** Of 1 / lengthscale², one a feature. */
  readonly weights: Float64Array;
  /** Of the signal's variance. */
  readonly scale: number;
  /** Of the noise's variance. */
  readonly noise: number;
}

/** Beliefs about hyperparameters: independent and normal in their logarithms. */
export interface HyperPrior {
  /** Of the length-scale of each feature, then of the signal's and the noise's variance. */
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** Least variance of the noise. */
  readonly noiseFloor: number;
}

/**
 * Length-scales that grow with the square root of the dimension (Hvarfner et al., "Vanilla Bayesian optimization performs great in
 * high dimensions", 2024).
 */
export function dimensionScaledPrior(size: number, dimension: number): HyperPrior {
  const length = Math.SQRT2 + 0.5 * ln(Math.max(1, dimension));
  const lengths = new Float64Array(size);
  return {
    means: Float64Array.from([...lengths.fill(length), 0, -4]),
    deviations: Float64Array.from([...lengths.fill(Math.sqrt(3)), 1, 1]),
    noiseFloor: 1e-6,
  };
}

/** A prior about a draw from this one: the most likely hyperparameters under it are a draw where the data say little. */
export function drawnPrior(prior: HyperPrior, stream: RandomStream): HyperPrior {
  return { ...prior, means: prior.means.map((mean, i) => mean + prior.deviations[i]! * stream.normal()) };
}
