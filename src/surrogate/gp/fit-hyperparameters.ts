import { CholeskyFactor } from "../../numeric/linalg/cholesky-factor.ts";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { NotPositiveDefinite } from "../../numeric/linalg/not-positive-definite.ts";
import { boundedLbfgs, type ValueAndGradient } from "../../numeric/optimize/bounded-lbfgs.ts";
import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import type { FeatureMap } from "./feature-map.ts";
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
}

/** All length-scales the same, unit signal, a noise of one percent. */
export function startHyperparameters(map: FeatureMap, length: number): Hyperparameters {
  return { weights: new Float64Array(map.size).fill(-2 * ln(length)), scale: 0, noise: ln(0.01) };
}

/** The most likely hyperparameters under the prior alone. */
export function priorHyperparameters({ means }: HyperPrior): Hyperparameters {
  const size = means.length - 2;
  return { weights: means.subarray(0, size).map((m) => -2 * m), scale: means[size]!, noise: means[size + 1]! };
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
  const low = new Float64Array(size + 2).fill(-2 * ln(LONGEST));
  const high = new Float64Array(size + 2).fill(-2 * ln(SHORTEST));
  low[size] = ln(0.01);
  high[size] = ln(100);
  low[size + 1] = ln(prior.noiseFloor);
  high[size + 1] = ln(10);
  const from = [...start.weights, start.scale, start.noise];
  const { x, value } = boundedLbfgs(evaluate, from, { low, high, evaluations, tolerance: 0.02, relative: 1e-4 });
  kernel.release(mark);
  return { hyper: { weights: x.slice(0, size), scale: x[size]!, noise: x[size + 1]! }, score: -value };
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
  return (theta, gradient) => {
    const scale = exp(theta[map.size]!);
    const noise = exp(theta[map.size + 1]!);
    writeScaled(kernel, map, raw, theta, stride, room.x, room.weights);
    fillCovariance(factor, map, room, stride, scale, noise, factors);
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

function fillCovariance(
  factor: CholeskyFactor,
  map: FeatureMap,
  { x, weights, slope }: CovarianceRoom,
  stride: number,
  scale: number,
  noise: number,
  factors: ArrayLike<number>,
): void {
  const { kernel } = factor;
  const n = factors.length;
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
  for (let i = 0; i < n; i++) matrix[i * stride + i] = matrix[i * stride + i]! + noise * factors[i]!;
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
  for (let f = size; f < size + 2; f++) term(f, theta[f]!, means[f]!, deviations[f]!, 1);
  return sum;
}
