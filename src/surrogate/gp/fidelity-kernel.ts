import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";

const ROOT_5 = Math.sqrt(5);

/**
 * How results of shorter runs hang together with those of whole ones. A level is the logarithm of how many times shorter a run was than a
 * whole one: 0 is a whole run. With k the kernel over configurations, s its variance, M the Matérn 5/2 kernel and t, u two levels, results at (x, t)
 * and (y, u) vary together by
 *
 *     k(x, y) M(|t - u| / length) + s shift min(t, u) + [the same result] s roughness t
 *
 * The nearer two levels, the more alike they rank; the kernel is smooth, since what configurations gain from one level to the next tells of what they
 * gain later. The second term moves all results of a level together, as a learning curve does (a random walk from the whole run down), and the third is what is
 * peculiar to a short run of one configuration.
 */
export class FidelityKernel {
  /** Of each point its place among the distinct levels. */
  readonly #places: Int32Array;
  /** Distinct levels, ascending. */
  readonly #levels: readonly number[];

  constructor(levels: ArrayLike<number>) {
    this.#levels = [...new Set(Array.from(levels))].sort((a, b) => a - b);
    const at = new Map(this.#levels.map((level, place) => [level, place]));
    this.#places = Int32Array.from(levels, (level) => at.get(level)!);
  }

  /** Number of points. */
  get size(): number {
    return this.#places.length;
  }

  /**
   * Makes the covariances of rows `from` up to `end` of a lower triangle (leading dimension `stride`, first row at place 0), which are those of the
   * kernel over configurations alone, those of the results. `slopes`, the same of its derivative, are made so too where given.
   */
  apply(
    parameters: ArrayLike<number>,
    scale: number,
    from: number,
    end: number,
    matrix: Float64Array,
    stride: number,
    slopes: Float64Array | null,
  ): void {
    const [, shift, rough] = fractions(parameters, scale);
    const alike = this.#table((t, u) => matern(distance(parameters, t, u)));
    const shifts = this.#table((t, u) => shift * Math.min(t, u));
    const places = this.#places;
    for (let i = from; i < end; i++) {
      const row = (i - from) * stride;
      const table = places[i]! * this.#levels.length;
      for (let j = 0; j <= i; j++) {
        const at = table + places[j]!;
        matrix[row + j] = alike[at]! * matrix[row + j]! + shifts[at]!;
        if (slopes !== null) slopes[row + j] = alike[at]! * slopes[row + j]!;
      }
      matrix[row + i] = matrix[row + i]! + rough * this.#levels[places[i]!]!;
    }
  }

  /**
   * Sums of `weights` (a lower triangle) times the derivatives of the covariances by each of the parameters, every pair counted once and the diagonal
   * half; `matrix` is what `apply` made.
   */
  sums(
    parameters: ArrayLike<number>,
    scale: number,
    matrix: Float64Array,
    weights: Float64Array,
    stride: number,
  ): readonly number[] {
    const [, shift, rough] = fractions(parameters, scale);
    const shares = this.#table((t, u) => maternShare(distance(parameters, t, u)));
    const shifts = this.#table((t, u) => shift * Math.min(t, u));
    const places = this.#places;
    let [byLength, byShift, byRough] = [0, 0, 0];
    for (let i = 0; i < places.length; i++) {
      const table = places[i]! * this.#levels.length;
      for (let j = 0; j < i; j++) {
        const at = table + places[j]!;
        const cell = i * stride + j;
        byLength += weights[cell]! * shares[at]! * (matrix[cell]! - shifts[at]!);
        byShift += weights[cell]! * shifts[at]!;
      }
      const own = 0.5 * weights[i * stride + i]! * this.#levels[places[i]!]!;
      byShift += own * shift;
      byRough += own * rough;
    }
    return [byLength, byShift, byRough];
  }

  /** How much a result at each of the points varies with a whole run of the same configuration: the factor of the kernel over configurations. */
  toWhole(parameters: ArrayLike<number>): Float64Array {
    const factors = this.#levels.map((level) => matern(distance(parameters, level, 0)));
    return Float64Array.from(this.#places, (place) => factors[place]!);
  }

  /** A number for each pair of distinct levels. */
  #table(of: (t: number, u: number) => number): Float64Array {
    return Float64Array.from(this.#levels.flatMap((t) => this.#levels.map((u) => of(t, u))));
  }
}

/** Length, and shift and roughness as variances. */
function fractions(parameters: ArrayLike<number>, scale: number): readonly [number, number, number] {
  return [exp(parameters[0]!), scale * exp(parameters[1]!), scale * exp(parameters[2]!)];
}

function distance(parameters: ArrayLike<number>, t: number, u: number): number {
  return ROOT_5 * Math.abs(t - u) * exp(-parameters[0]!);
}

/** Matérn 5/2 at a distance that is taken times the root of five. */
function matern(r: number): number {
  return (1 + r + (r * r) / 3) * exp(-r);
}

/** Its derivative by the logarithm of the length, as a share of itself. */
function maternShare(r: number): number {
  return (r * r * (1 + r)) / 3 / (1 + r + (r * r) / 3);
}

/** Beliefs about the logarithms of length, shift and roughness. */
export const FIDELITY_PRIOR: { readonly means: readonly number[]; readonly deviations: readonly number[] } = {
  means: [ln(2), ln(0.3), ln(0.01)],
  deviations: [0.7, 1.5, 1.5],
};

/** Bounds of these logarithms. */
export const FIDELITY_BOUNDS: { readonly low: readonly number[]; readonly high: readonly number[] } = {
  low: [ln(0.1), ln(1e-4), ln(1e-5)],
  high: [ln(100), ln(100), ln(1)],
};
