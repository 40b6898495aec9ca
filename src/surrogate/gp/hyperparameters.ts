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

/** Beliefs about hyperparameters: normal in their logarithms. */
export interface HyperPrior {
  readonly lengthMean: number;
  readonly lengthDeviation: number;
  readonly scaleMean: number;
  readonly scaleDeviation: number;
  readonly noiseMean: number;
  readonly noiseDeviation: number;
  /** Least variance of the noise. */
  readonly noiseFloor: number;
}

/** Length-scales that grow with the square root of the dimension (Hvarfner et al., "Vanilla Bayesian optimization performs great in high dimensions", 2024). */
export function dimensionScaledPrior(dimension: number): HyperPrior {
  return {
    lengthMean: Math.SQRT2 + 0.5 * ln(Math.max(1, dimension)),
    lengthDeviation: Math.sqrt(3),
    scaleMean: 0,
    scaleDeviation: 1,
    noiseMean: -4,
    noiseDeviation: 1,
    noiseFloor: 1e-6,
  };
}
