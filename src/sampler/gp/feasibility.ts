import type { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import { logNdtr } from "../../numeric/special/log-ndtr.ts";
import type { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { fitHyperparameters, priorHyperparameters } from "../../surrogate/gp/fit-hyperparameters.ts";
import { GaussianProcess } from "../../surrogate/gp/gaussian-process.ts";
import { dimensionScaledPrior, type HyperPrior } from "../../surrogate/gp/hyperparameters.ts";
import type { Acquisition } from "./acquisition.ts";
import type { Effort } from "./effort.ts";
import type { Observations } from "./observations.ts";

/** What an unknown region is believed to be: rather feasible. */
const LABEL_MEAN = 0.5;
const LOG_SQRT_2PI = 0.9189385332046727;
/** Most trials of either kind in the model, and most that its hyperparameters are fitted to. */
const MOST_LABELS = 200;
const MOST_FITTED = 60;
/** Belief about the noise: some failures come by chance. */
const NOISE_MEAN = 0.3;
const NOISE_FLOOR = 0.02;

/**
 * The chance of a value at all, from the trials that failed and those that did not; null when none failed. What failures depend on need not be what values depend
 * on, so that the process has hyperparameters of its own, fitted with what `effort` allows for those of a draw's turn.
 */
export function feasibilityOf(
  kernel: DenseKernel,
  map: FeatureMap,
  seen: Observations,
  effort: Effort,
): Acquisition | null {
  if (seen.failed.length === 0) return null;
  const prior = priorOf(map);
  const fitted = labelled(seen, Math.min(MOST_FITTED, effort.drawnRows >> 1));
  const start = priorHyperparameters(prior);
  const { hyper } = fitHyperparameters({ kernel, map, prior, ...fitted }, start, effort.drawnEvaluations);
  const { points, values } = labelled(seen, Math.min(MOST_LABELS, effort.modelRows));
  return new LogFeasibility(new GaussianProcess(kernel, map, points, [values], hyper), exp(hyper.noise));
}

/** Logarithm of the probability that a trial ends with a value, Φ((LABEL_MEAN + mean) / sqrt(noise + variance)). */
class LogFeasibility implements Acquisition {
  /** Over labels 1 (did) and -1 (did not), less `LABEL_MEAN`. */
  readonly #process: GaussianProcess;
  /** Variance of a label where the process is known: small where failures follow a rule, large where they come by chance. */
  readonly #noise: number;

  constructor(process: GaussianProcess, noise: number) {
    this.#process = process;
    this.#noise = noise;
  }

  scores(points: readonly Float64Array[]): Float64Array {
    const { mean, variance } = this.#process.predict(points);
    return mean.map((m, i) => logNdtr((LABEL_MEAN + m) / Math.sqrt(this.#noise + variance[i]!)));
  }

  climb(point: Float64Array): { readonly score: number; readonly gradient: Float64Array } {
    const { mean, variance, gradient } = this.#process.predictPoint(point);
    const deviation = Math.sqrt(this.#noise + variance);
    const z = (LABEL_MEAN + mean[0]!) / deviation;
    const score = logNdtr(z);
    const steep = exp(-0.5 * z * z - LOG_SQRT_2PI - score);
    return { score, gradient: gradient([steep / deviation], (-0.5 * steep * z) / (deviation * deviation)) };
  }
}

function priorOf(map: FeatureMap): HyperPrior {
  const { means, deviations } = dimensionScaledPrior(map.size, map.dimension);
  const noise = map.size + 1;
  return { means: means.with(noise, ln(NOISE_MEAN)), deviations: deviations.with(noise, 1), noiseFloor: NOISE_FLOOR };
}

/** The newest so many of either kind. */
function labelled({ failed, valued }: Observations, most: number) {
  const [bad, good] = [failed.slice(-most), valued.slice(-most)];
  const labels = [...bad.map(() => -1 - LABEL_MEAN), ...good.map(() => 1 - LABEL_MEAN)];
  return { points: [...bad, ...good], values: Float64Array.from(labels) };
}
