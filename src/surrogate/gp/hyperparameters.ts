import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { ln } from "../../numeric/special/ln.ts";
import { FIDELITY_PRIOR } from "./fidelity-kernel.ts";

/** What a Gaussian process learns about its data: logarithms throughout. */
export interface Hyperparameters {
  /** Of 1 / lengthscale², one a feature. */
  readonly weights: Float64Array;
  /** Of the signal's variance. */
  readonly scale: number;
  /** Of the noise's variance. */
  readonly noise: number;
  /** See FidelityKernel; left out where all data are of whole runs. */
  readonly fidelity?: Float64Array;
}

/** Beliefs about hyperparameters: independent and normal in their logarithms. */
export interface HyperPrior {
  /** Of the length-scale of each feature, then of the signal's and the noise's variance, then of how results at different fidelities hang together. */
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** Least variance of the noise. */
  readonly noiseFloor: number;
}

/** Deviation of the logarithm of a length-scale. */
const LENGTH_DEVIATION = Math.sqrt(3);

/**
 * Length-scales that grow with the square root of the dimension (Hvarfner et al., "Vanilla Bayesian optimization performs great in
 * high dimensions", 2024): log-normal with parameters sqrt(2) + ln(d)/2 and sqrt(3). The most likely value is sought over
 * logarithms, where a normal prior has its top at its mean; it is put where the density of the length-scale itself is highest, at
 * the parameter less the variance, about 0.2 sqrt(d). With longer ones a model is sure of slopes that few trials have seen, above
 * all at the ends of ranges, and stays there. The noise is small unless the data say otherwise: many objectives have none.
 */
export function dimensionScaledPrior(size: number, dimension: number): HyperPrior {
  const median = Math.SQRT2 + 0.5 * ln(Math.max(1, dimension));
  const lengths = new Float64Array(size);
  return {
    means: Float64Array.from([...lengths.fill(median - LENGTH_DEVIATION * LENGTH_DEVIATION), 0, -7]),
    deviations: Float64Array.from([...lengths.fill(LENGTH_DEVIATION), 1, 2]),
    noiseFloor: 1e-8,
  };
}

/** The prior with beliefs about results of shorter runs beside. */
export function withFidelity({ means, deviations, noiseFloor }: HyperPrior): HyperPrior {
  return {
    means: Float64Array.from([...means, ...FIDELITY_PRIOR.means]),
    deviations: Float64Array.from([...deviations, ...FIDELITY_PRIOR.deviations]),
    noiseFloor,
  };
}

/** A prior about a draw from this one: the most likely hyperparameters under it are a draw where the data say little. */
export function drawnPrior(prior: HyperPrior, stream: RandomStream): HyperPrior {
  return { ...prior, means: prior.means.map((mean, i) => mean + prior.deviations[i]! * stream.normal()) };
}
