import { CholeskyFactor } from "../../numeric/linalg/cholesky-factor.ts";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { NotPositiveDefinite } from "../../numeric/linalg/not-positive-definite.ts";
import { exp } from "../../numeric/special/exp.ts";
import type { FeatureMap } from "./feature-map.ts";
import { FidelityKernel } from "./fidelity-kernel.ts";
import { writeScaled } from "./fit-hyperparameters.ts";
import type { Hyperparameters } from "./hyperparameters.ts";

export interface Prediction {
  /** Mean of point i under the r-th set of values: `mean[i * sets + r]`. */
  readonly mean: Float64Array;
  /** Variance of the function (without noise) at point i; the same for all sets of values. */
  readonly variance: Float64Array;
}

/** Prediction at one point with what gradients need. */
export interface PointPrediction {
  readonly mean: Float64Array;
  readonly variance: number;
  /** Gradient over the map's numeric features of `sum_r weights[r] * mean[r] + varianceWeight * variance`. */
  gradient(weights: ArrayLike<number>, varianceWeight: number): Float64Array;
}

const LEAST_VARIANCE = 1e-12;
const JITTERS = [0, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2];

/**
 * A Gaussian process with zero mean and given hyperparameters, conditioned on n points (Rasmussen and Williams, "Gaussian Processes for Machine
 * Learning", 2006, algorithm 2.1 and eq. 2.25-2.26). It may stand under several sets of values
 * at once: observed ones, and in `fantasize` different draws for points whose values are not known yet. It lives in the memory of
 * the kernel handed in: release what was marked before to drop it.
 */
export class GaussianProcess {
  readonly map: FeatureMap;
  readonly hyper: Hyperparameters;
  readonly #kernel: DenseKernel;
  readonly #factor: CholeskyFactor;
  readonly #capacity: number;
  readonly #stride: number;
  readonly #x: number;
  readonly #weights: number;
  readonly #scale: number;
  readonly #noise: number;
  readonly #noiseFactors: ArrayLike<number> | null;
  readonly #fidelity: FidelityKernel | null;
  /** Factor of each point's covariance with a whole run; null where all are whole runs. */
  readonly #toWhole: Float64Array | null;
  readonly #lengths: Float64Array;
  /** Whitened values L⁻¹ y, one set a row; then the dual weights K⁻¹ y. */
  #whitened: Float64Array[];
  #alpha = 0;

  /**
   * `pendingRoom` is how many points `fantasize` may add. Jitter is added to a matrix that rounding has made indefinite, ten
   * thousand times the smallest first one at most; NotPositiveDefinite beyond. `noiseFactors` say how many times the noise's variance
   * each point has, pending ones included; without them all have the same. `levels` say how much shorter than whole each was run (see
   * FidelityKernel), pending ones included; without them all are whole. What is predicted is always a whole run.
   */
  constructor(
    kernel: DenseKernel,
    map: FeatureMap,
    points: readonly Float64Array[],
    values: readonly Float64Array[],
    hyper: Hyperparameters,
    pendingRoom = 0,
    noiseFactors: ArrayLike<number> | null = null,
    levels: ArrayLike<number> | null = null,
  ) {
    this.#kernel = kernel;
    this.map = map;
    this.hyper = hyper;
    this.#capacity = points.length + pendingRoom;
    this.#stride = DenseKernel.stride(this.#capacity);
    this.#scale = exp(hyper.scale);
    this.#noise = exp(hyper.noise);
    this.#noiseFactors = noiseFactors;
    this.#fidelity = levels === null ? null : new FidelityKernel(levels);
    this.#toWhole = this.#fidelity?.toWhole(hyper.fidelity!) ?? null;
    this.#lengths = hyper.weights.slice(0, map.numeric).map((w) => exp(0.5 * w));
    this.#x = kernel.alloc(map.size * this.#stride);
    this.#weights = kernel.alloc(map.nominal);
    this.#factor = new CholeskyFactor(kernel, this.#capacity);
    this.#addPoints(points);
    this.#whitened = values.map((set) => this.#whiten(set));
    this.#solveDual();
  }

  /** Number of points, pending ones included. */
  get size(): number {
    return this.#factor.size;
  }

  /** Number of sets of values. */
  get sets(): number {
    return this.#whitened.length;
  }

  /**
   * Adds points whose values are unknown: each set of values becomes one for each row of `draws`, in which the new points have
   * the values that these standard normal numbers pick from their joint posterior (all zero: the posterior mean).
   */
  fantasize(points: readonly Float64Array[], draws: readonly ArrayLike<number>[]): void {
    this.#addPoints(points);
    this.#whitened = this.#whitened.flatMap((known) =>
      draws.map((draw) => Float64Array.from([...known, ...Array.from(draw)])),
    );
    this.#solveDual();
  }

  predict(points: readonly Float64Array[]): Prediction {
    const { numeric, nominal } = this.map;
    const kernel = this.#kernel;
    const n = this.size;
    const m = points.length;
    const mark = kernel.mark();
    const stride = DenseKernel.stride(m);
    const query = kernel.alloc(this.map.size * stride);
    this.#write(points, query, stride);
    const k = kernel.alloc(m * this.#stride);
    const means = kernel.alloc(m * this.sets);
    const squares = kernel.alloc(m);
    kernel.run.covariance(
      query,
      stride,
      0,
      m,
      this.#x,
      this.#stride,
      n,
      numeric,
      nominal,
      this.#weights,
      this.#scale,
      k,
      0,
      this.#stride,
      0,
    );
    this.#bringToWhole(k, m);
    kernel.run.dots(k, this.#stride, m, this.#alpha, this.#stride, this.sets, n, means, this.sets);
    this.#factor.solveLower(k, m, this.#stride);
    kernel.run.squares(k, this.#stride, m, n, squares);
    const mean = kernel.view(means, m * this.sets).slice();
    const variance = kernel.view(squares, m).map((s) => Math.max(LEAST_VARIANCE, this.#scale - s));
    kernel.release(mark);
    return { mean, variance };
  }

  predictPoint(point: Float64Array): PointPrediction {
    const kernel = this.#kernel;
    const n = this.size;
    const mark = kernel.mark();
    const query = kernel.alloc(this.map.size * 2);
    this.#write([point], query, 2);
    const k = kernel.alloc(this.#stride);
    const h = kernel.alloc(this.#stride);
    const means = kernel.alloc(this.sets);
    const { numeric, nominal } = this.map;
    const weights = this.#weights;
    kernel.run.covariance(
      query,
      2,
      0,
      1,
      this.#x,
      this.#stride,
      n,
      numeric,
      nominal,
      weights,
      this.#scale,
      k,
      h,
      this.#stride,
      0,
    );
    this.#bringToWhole(k, 1);
    this.#bringToWhole(h, 1);
    kernel.run.dots(k, this.#stride, 1, this.#alpha, this.#stride, this.sets, n, means, this.sets);
    this.#factor.solveLower(k, 1, this.#stride);
    const variance = Math.max(LEAST_VARIANCE, this.#scale - kernel.run.dot(k, k, n));
    this.#factor.solveUpper(k, 1, this.#stride);
    const dual = kernel.view(k, n).slice();
    const slopes = kernel.view(h, n).slice();
    const own = Float64Array.from({ length: numeric }, (_, f) => kernel.view(query + 16 * f, 1)[0]!);
    const mean = kernel.view(means, this.sets).slice();
    kernel.release(mark);
    const gradient = (setWeights: ArrayLike<number>, varianceWeight: number) =>
      this.#gradient(own, slopes, dual, setWeights, varianceWeight);
    return { mean, variance, gradient };
  }

  /** Leave-one-out residual (mean minus value) and deviation of each observed point under the first set of values. */
  leaveOneOut(): { readonly residual: Float64Array; readonly variance: Float64Array } {
    const kernel = this.#kernel;
    const n = this.size;
    const mark = kernel.mark();
    const room = kernel.alloc(this.#capacity * this.#stride);
    const negative = kernel.alloc(this.#capacity * this.#stride);
    kernel.run.subtractInverse(this.#factor.pointer, n, this.#stride, room, negative);
    const variance = Float64Array.from(
      { length: n },
      (_, i) => -1 / kernel.view(negative + 8 * i * (this.#stride + 1), 1)[0]!,
    );
    const alpha = kernel.view(this.#alpha, n);
    const residual = Float64Array.from(variance, (v, i) => -alpha[i]! * v);
    kernel.release(mark);
    return { residual, variance };
  }

  #gradient(
    own: Float64Array,
    slopes: Float64Array,
    dual: Float64Array,
    setWeights: ArrayLike<number>,
    varianceWeight: number,
  ): Float64Array {
    const kernel = this.#kernel;
    const { numeric } = this.map;
    const n = this.size;
    const combined = dual.map((q) => -2 * varianceWeight * q);
    for (let r = 0; r < this.sets; r++) {
      const alpha = kernel.view(this.#alpha + 8 * r * this.#stride, n);
      for (let i = 0; i < n; i++) combined[i] = combined[i]! + setWeights[r]! * alpha[i]!;
    }
    const mark = kernel.mark();
    const room = [own, combined, slopes].map((numbers) => kernel.put(numbers));
    const out = kernel.alloc(numeric);
    kernel.run.pull(this.#x, this.#stride, n, numeric, room[0]!, room[1]!, room[2]!, out);
    const gradient = kernel.view(out, numeric).map((g, f) => 2 * g * this.#lengths[f]!);
    kernel.release(mark);
    return gradient;
  }

  /** Makes covariances of configurations those of whole runs with the results there are; so also their slopes. */
  #bringToWhole(pointer: number, rows: number): void {
    if (this.#toWhole === null) return;
    const view = this.#kernel.view(pointer, rows * this.#stride);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < this.size; j++) {
        const at = i * this.#stride + j;
        view[at] = this.#toWhole[j]! * view[at]!;
      }
  }

  #write(points: readonly Float64Array[], target: number, stride: number): void {
    const raw = new Float64Array(this.map.size * stride);
    this.map.write(points, raw, stride);
    const view = this.#kernel.view(target, raw.length);
    for (let f = 0; f < this.map.size; f++) {
      const factor = f < this.map.numeric ? this.#lengths[f]! : 1;
      for (let i = f * stride; i < (f + 1) * stride; i++) view[i] = factor * raw[i]!;
    }
  }

  #addPoints(points: readonly Float64Array[]): void {
    const kernel = this.#kernel;
    const from = this.size;
    const end = from + points.length;
    const mark = kernel.mark();
    const stride = DenseKernel.stride(points.length);
    const raw = new Float64Array(this.map.size * stride);
    this.map.write(points, raw, stride);
    const scaled = kernel.alloc(this.map.size * stride);
    writeScaled(kernel, this.map, raw, this.hyper.weights, stride, scaled, this.#weights);
    for (let f = 0; f < this.map.size; f++) {
      const row = kernel.view(scaled + 8 * f * stride, points.length);
      kernel.view(this.#x + 8 * (f * this.#stride + from), points.length).set(row);
    }
    kernel.release(mark);
    for (const jitter of JITTERS) {
      this.#fillRows(from, end, jitter * (this.#scale + this.#noise));
      try {
        this.#factor.extend(points.length);
        return;
      } catch (error) {
        if (!(error instanceof NotPositiveDefinite) || jitter === JITTERS.at(-1)) throw error;
      }
    }
  }

  #fillRows(from: number, end: number, jitter: number): void {
    const { numeric, nominal } = this.map;
    const [x, ld] = [this.#x, this.#stride];
    const weights = this.#weights;
    const rows = this.#factor.row(from);
    this.#kernel.run.covariance(x, ld, from, end, x, ld, end, numeric, nominal, weights, this.#scale, rows, 0, ld, 1);
    if (this.#fidelity !== null) {
      const view = this.#kernel.view(rows, (end - from) * ld);
      this.#fidelity.apply(this.hyper.fidelity!, this.#scale, from, end, view, ld, null);
    }
    for (let i = from; i < end; i++) {
      const cell = this.#kernel.view(this.#factor.row(i) + 8 * i, 1);
      cell[0] = cell[0]! + this.#noise * (this.#noiseFactors?.[i] ?? 1) + jitter;
    }
  }

  #whiten(values: Float64Array): Float64Array {
    const kernel = this.#kernel;
    const mark = kernel.mark();
    const room = kernel.alloc(this.#stride);
    kernel.view(room, values.length).set(values);
    this.#factor.solveLower(room, 1, this.#stride);
    const whitened = kernel.view(room, values.length).slice();
    kernel.release(mark);
    return whitened;
  }

  #solveDual(): void {
    const kernel = this.#kernel;
    this.#alpha = kernel.alloc(this.sets * this.#stride);
    for (const [r, set] of this.#whitened.entries())
      kernel.view(this.#alpha + 8 * r * this.#stride, set.length).set(set);
    this.#factor.solveUpper(this.#alpha, this.sets, this.#stride);
  }
}
