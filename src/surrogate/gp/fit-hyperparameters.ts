import { CholeskyFactor } from "../../numeric/linalg/cholesky-factor.ts";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { NotPositiveDefinite } from "../../numeric/linalg/not-positive-definite.ts";
import { boundedLbfgs, type ValueAndGradient } from "../../numeric/optimize/bounded-lbfgs.ts";
import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import type { FeatureMap } from "./feature-map.ts";
import { FIDELITY_BOUNDS, FidelityKernel } from "./fidelity-kernel.ts";
import type { HyperPrior, Hyperparameters } from "./hyperparameters.ts";

const SHORTEST = 0.02;
const LONGEST = 1000;

export interface HyperFit {
  readonly hyper: Hyperparameters;
  /** Logarithm of posterior density (up to a constant) there. */
  readonly score: number;
}

export interface FitProblem {
  readonly kernel: DenseKernel;
  readonly map: FeatureMap;
  readonly points: readonly Float64Array[];
  /** Standardised values, one a point. */
  readonly values: ArrayLike<number>;
  readonly prior: HyperPrior;
  /** How many times the noise's variance each point has; without them all have the same. */
  readonly noiseFactors?: ArrayLike<number>;
  /** How much shorter each was run than whole (see FidelityKernel), where the prior has beliefs about that; without them all are whole. */
  readonly levels?: ArrayLike<number>;
}

/** All length-scales the same, unit signal, a noise of one percent. */
export function startHyperparameters(map: FeatureMap, length: number): Hyperparameters {
  return { weights: new Float64Array(map.size).fill(-2 * ln(length)), scale: 0, noise: ln(0.01) };
}

/** The most likely hyperparameters under the prior alone, which is one of so many length-scales. */
export function priorHyperparameters({ means }: HyperPrior, size = means.length - 2): Hyperparameters {
  return hyperparametersAt(
    means.map((m, f) => (f < size ? -2 * m : m)),
    size,
  );
}

function hyperparametersAt(theta: Float64Array, size: number): Hyperparameters {
  const plain = { weights: theta.slice(0, size), scale: theta[size]!, noise: theta[size + 1]! };
  return theta.length === size + 2 ? plain : { ...plain, fidelity: theta.slice(size + 2) };
}

/**
 * The hyperparameters of highest posterior density that a search of at most `evaluations` from `start` finds: marginal likelihood and its gradient
 * after Rasmussen and Williams (2006, eq. 2.30 and 5.9), times the prior.
 */
export function fitHyperparameters(problem: FitProblem, start: Hyperparameters, evaluations: number): HyperFit {
  const { kernel, map, prior } = problem;
  const size = map.size;
  const mark = kernel.mark();
  const evaluate = negativeLogPosterior(problem);
  const low = new Float64Array(prior.means.length).fill(-2 * ln(LONGEST));
  const high = new Float64Array(prior.means.length).fill(-2 * ln(SHORTEST));
  low[size] = ln(0.01);
  high[size] = ln(100);
  low[size + 1] = ln(prior.noiseFloor);
  high[size + 1] = ln(10);
  const further = prior.means.subarray(size + 2);
  if (further.length > 0) {
    low.set(FIDELITY_BOUNDS.low, size + 2);
    high.set(FIDELITY_BOUNDS.high, size + 2);
  }
  const from = [...start.weights, start.scale, start.noise, ...(further.length > 0 ? (start.fidelity ?? further) : [])];
  const { x, value } = boundedLbfgs(evaluate, from, { low, high, evaluations, tolerance: 0.02, relative: 1e-4 });
  kernel.release(mark);
  return { hyper: hyperparametersAt(x, size), score: -value };
}

/** Minus the logarithm of marginal likelihood times prior, with its gradient; NaN where the matrix has no factor. */
function negativeLogPosterior(problem: FitProblem): ValueAndGradient {
  const { kernel, map, points, values, prior } = problem;
  const n = points.length;
  const factors = problem.noiseFactors ?? new Float64Array(n).fill(1);
  const stride = DenseKernel.stride(n);
  const raw = new Float64Array(map.size * stride);
  map.write(points, raw, stride);
  const room = {
    x: kernel.alloc(map.size * stride),
    weights: kernel.alloc(map.nominal),
    slope: kernel.alloc(n * stride),
    inverse: kernel.alloc(n * stride),
    room: kernel.alloc(n * stride),
    alpha: kernel.alloc(stride),
    row: kernel.alloc(stride),
    sums: kernel.alloc(map.size),
  };
  const factor = new CholeskyFactor(kernel, n);
  const fidelity = problem.levels === undefined ? null : new FidelityKernel(problem.levels);
  return (theta, gradient) => {
    const noise = exp(theta[map.size + 1]!);
    writeScaled(kernel, map, raw, theta, stride, room.x, room.weights);
    const noiseless = fillCovariance(factor, map, room, stride, theta, factors, fidelity);
    try {
      factor.extend(n);
    } catch (error) {
      if (error instanceof NotPositiveDefinite) return Number.NaN;
      throw error;
    }
    kernel.view(room.alpha, n).set(values);
    factor.solve(room.alpha, 1, stride);
    const alpha = kernel.view(room.alpha, n);
    let fit = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      fit += alpha[i]! * values[i]!;
      squares += factors[i]! * (alpha[i]! * alpha[i]!);
    }
    const { run } = kernel;
    run.outer(room.alpha, n, room.inverse, stride);
    run.subtractInverse(factor.pointer, n, stride, room.room, room.inverse);
    run.featureSums(room.x, stride, n, map.numeric, map.nominal, room.inverse, room.slope, stride, room.row, room.sums);
    const difference = kernel.view(room.inverse, n * stride);
    let trace = squares;
    for (let i = 0; i < n; i++) trace -= factors[i]! * difference[i * stride + i]!;
    const sums = kernel.view(room.sums, map.size);
    // Features are scaled by their weights' roots, nominal ones are not.
    for (let f = 0; f < map.size; f++) {
      gradient[f] = -sums[f]! * (f < map.numeric ? 1 : exp(theta[f]!));
    }
    gradient[map.size] = -0.5 * (fit - noise * squares - n + noise * trace);
    gradient[map.size + 1] = -0.5 * noise * (squares - trace);
    if (noiseless !== null) addFidelity(fidelity!, theta, map.size, noiseless, difference, gradient);
    return 0.5 * fit + factor.logDeterminantHalf() + addPrior(prior, theta, map.size, gradient);
  };
}

/** Features times the roots of their weights (row i the i-th point), and the weights of the nominal ones, into the kernel's memory. */
export function writeScaled(
  kernel: DenseKernel,
  map: FeatureMap,
  raw: Float64Array,
  logWeights: Float64Array,
  stride: number,
  x: number,
  weights: number,
): void {
  const target = kernel.view(x, map.size * stride);
  for (let f = 0; f < map.size; f++) {
    const factor = f < map.numeric ? exp(0.5 * logWeights[f]!) : 1;
    for (let i = f * stride; i < (f + 1) * stride; i++) target[i] = factor * raw[i]!;
  }
  const own = kernel.view(weights, map.nominal);
  for (let f = 0; f < map.nominal; f++) own[f] = exp(logWeights[map.numeric + f]!);
}

interface CovarianceRoom {
  readonly x: number;
  readonly weights: number;
  readonly slope: number;
}

/** Fills the factor's lower triangle, noise included; answers what it was without, where there are results of shorter runs. */
function fillCovariance(
  factor: CholeskyFactor,
  map: FeatureMap,
  { x, weights, slope }: CovarianceRoom,
  stride: number,
  theta: Float64Array,
  noiseFactors: ArrayLike<number>,
  fidelity: FidelityKernel | null,
): Float64Array | null {
  const { kernel } = factor;
  const n = noiseFactors.length;
  const [scale, noise] = [exp(theta[map.size]!), exp(theta[map.size + 1]!)];
  factor.truncate(0);
  const { numeric, nominal } = map;
  kernel.run.covariance(
    x,
    stride,
    0,
    n,
    x,
    stride,
    n,
    numeric,
    nominal,
    weights,
    scale,
    factor.pointer,
    slope,
    stride,
    1,
  );
  const matrix = kernel.view(factor.pointer, n * stride);
  const slopes = kernel.view(slope, n * stride);
  fidelity?.apply(theta.subarray(map.size + 2), scale, 0, n, matrix, stride, slopes);
  const noiseless = fidelity === null ? null : matrix.slice();
  for (let i = 0; i < n; i++) matrix[i * stride + i] = matrix[i * stride + i]! + noise * noiseFactors[i]!;
  return noiseless;
}

/** Adds the gradient over what is learnt of shorter runs; `difference` is that of the dual weights' products and the inverse. */
function addFidelity(
  fidelity: FidelityKernel,
  theta: Float64Array,
  size: number,
  noiseless: Float64Array,
  difference: Float64Array,
  gradient: Float64Array,
): void {
  const stride = DenseKernel.stride(fidelity.size);
  const sums = fidelity.sums(theta.subarray(size + 2), exp(theta[size]!), noiseless, difference, stride);
  for (const [k, sum] of sums.entries()) gradient[size + 2 + k] = -sum;
}

/** Adds the prior's part to value and gradient. */
function addPrior(prior: HyperPrior, theta: Float64Array, size: number, gradient: Float64Array): number {
  let sum = 0;
  const term = (at: number, x: number, mean: number, deviation: number, slope: number) => {
    const z = (x - mean) / deviation;
    sum += 0.5 * z * z;
    gradient[at] = gradient[at]! + (slope * z) / deviation;
  };
  const { means, deviations } = prior;
  for (let f = 0; f < size; f++) term(f, -0.5 * theta[f]!, means[f]!, deviations[f]!, -0.5);
  for (let f = size; f < means.length; f++) term(f, theta[f]!, means[f]!, deviations[f]!, 1);
  return sum;
}
