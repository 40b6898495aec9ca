import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import { CURVE_SHAPES } from "./curve-shapes.ts";

/** The points of a curve so far, of which the first is one step from the beginning. */
export interface CurvePoints {
  /** Share of the way to the end, ascending, from above 0 to 1. */
  readonly u: Float64Array;
  /** Finite; smaller is better. */
  readonly y: Float64Array;
}

/** What each model makes of a curve's points: where it ends, how surely, and how well the model fits. */
export interface CurveFit {
  readonly means: Float64Array;
  /** Scales of Student's t with four degrees of freedom. */
  readonly scales: Float64Array;
  /** Largest 1. */
  readonly evidence: Float64Array;
  /** Where the curve is now, by its newest points. */
  readonly level: number;
}

/** A level that stays, or a line in each shape: over the newer points, and over the newest. */
export const CURVE_MODELS = 2 * (1 + CURVE_SHAPES.length);

/** Place of the model that nothing changes any more. */
export const LEVEL_MODEL = 1 + CURVE_SHAPES.length;

/** In the middle of these windows points weigh half as much as the newest: shares of the points. */
const HALF_LIVES = [0.3, 0.1] as const;
const LEAST_HALF_LIFE = 1.5;
/** Of a slope's prior, in variances of the noise for each point: next to none. */
const SLOPE = 100;
/** A fit is never taken for closer than this share of what the points vary by. */
const LEAST_NOISE = 0.02;
/** Values of a curve hang together, so that they say less than their number. */
const TEMPER = 0.25;
/** How far off an extrapolation may be: shares of the change that it foretells, and of what the points vary by. */
const CHANGE = 0.25;
const VARIATION = 1;
/** Ends lie farther from what is foretold than fits think: found on curves of development, as were the constants above. */
const WIDER = 1.4;

/** Fits all models to four or more points, each in closed form. */
export class CurveFitter {
  #u: Float64Array = new Float64Array(0);
  #shapes: readonly Float64Array[] = [];

  fit({ u, y }: CurvePoints): CurveFit {
    const n = u.length;
    const last = y[n - 1]!;
    let size = 0;
    for (const value of y) size = Math.max(size, Math.abs(value - last));
    const unit = size > 0 ? size : 1;
    // In units of their own, lest squares of very large or small values are lost.
    const fit = new Fit(
      y.map((value) => (value - last) / unit),
      this.#shapesAt(u),
    );
    HALF_LIVES.forEach((share, window) => void fit.add(window, Math.max(LEAST_HALF_LIFE, share * n)));
    return fit.finish(last, unit, 1 - u[n - 1]!);
  }

  /** By shape the values at the points, then at the end: curves are often fitted at the same points. */
  #shapesAt(u: Float64Array): readonly Float64Array[] {
    if (u.length === this.#u.length && u.every((share, k) => share === this.#u[k])) return this.#shapes;
    this.#u = u;
    this.#shapes = CURVE_SHAPES.map((shape) => {
      const values = new Float64Array(u.length + 1);
      for (let k = 0; k < u.length; k++) values[k] = shape.at(u[k]!, u[k]! / u[0]!);
      values[u.length] = shape.at(1, 1 / u[0]!);
      return values;
    });
    return this.#shapes;
  }
}

class Fit {
  readonly #z: Float64Array;
  readonly #shapes: readonly Float64Array[];
  readonly #means = new Float64Array(CURVE_MODELS);
  readonly #scales = new Float64Array(CURVE_MODELS);
  readonly #evidence = new Float64Array(CURVE_MODELS);
  #variation = 0;

  constructor(z: Float64Array, shapes: readonly Float64Array[]) {
    this.#z = z;
    this.#shapes = shapes;
  }

  /** One window. Bayesian linear regression with a g-prior: Zellner (1986); the noise's variance is integrated out. */
  add(window: number, halfLife: number): void {
    const z = this.#z;
    const n = z.length;
    const weights = new Float64Array(n);
    let total = 0;
    for (let k = 0; k < n; k++) total += weights[k] = exp((-Math.LN2 * (n - 1 - k)) / halfLife);
    let mean = 0;
    for (let k = 0; k < n; k++) mean += (weights[k]! * z[k]!) / total;
    let square = 0;
    for (let k = 0; k < n; k++) square += weights[k]! * (z[k]! - mean) * (z[k]! - mean);
    if (window === 0) this.#variation = Math.sqrt(square / total);
    const noise = 0.5 * LEAST_NOISE * LEAST_NOISE * square + Number.MIN_VALUE;
    const base = window * (1 + CURVE_SHAPES.length);
    this.#put(base, mean, noise + 0.5 * square, total, 0, 0);
    for (const [k, x] of this.#shapes.entries()) {
      const { slope, left, distance, reach } = regress(x, z, weights, total, mean);
      this.#put(base + 1 + k, mean + slope * distance, noise + 0.5 * left * square, total, reach, SLOPE);
    }
  }

  #put(place: number, mean: number, rest: number, total: number, reach: number, slope: number): void {
    const half = total / 2;
    this.#means[place] = mean;
    this.#scales[place] = Math.sqrt((rest / half) * (1 + 1 / total + reach));
    this.#evidence[place] = -half * ln(rest) - 0.5 * ln(1 + slope * total);
  }

  /** In the values' own unit; `way` is the share that is left. */
  finish(last: number, unit: number, way: number): CurveFit {
    const level = this.#means[LEVEL_MODEL]!;
    let most = Number.NEGATIVE_INFINITY;
    for (const evidence of this.#evidence) most = Math.max(most, evidence);
    const left = VARIATION * this.#variation * way;
    for (let m = 0; m < CURVE_MODELS; m++) {
      const change = CHANGE * (this.#means[m]! - level);
      const own = this.#scales[m]!;
      this.#scales[m] = WIDER * unit * Math.sqrt(own * own + change * change + left * left);
      this.#means[m] = last + unit * this.#means[m]!;
      this.#evidence[m] = exp(TEMPER * (this.#evidence[m]! - most));
    }
    return { means: this.#means, scales: this.#scales, evidence: this.#evidence, level: last + unit * level };
  }
}

/** The line through weighted points: its slope, the share of the variation that it leaves, and how far beyond the points' middle the end lies. */
function regress(x: Float64Array, z: Float64Array, weights: Float64Array, total: number, mean: number) {
  const n = z.length;
  let middle = 0;
  for (let k = 0; k < n; k++) middle += (weights[k]! * x[k]!) / total;
  let [xx, xz, zz] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [dx, dz] = [x[k]! - middle, z[k]! - mean];
    xx += weights[k]! * dx * dx;
    xz += weights[k]! * dx * dz;
    zz += weights[k]! * dz * dz;
  }
  const distance = x[n]! - middle;
  // A shape that is over before the points begin tells nothing.
  if (!(xx > 1e-12 * middle * middle * total)) return { slope: 0, left: 1, distance, reach: 0 };
  const shrink = (SLOPE * total) / (1 + SLOPE * total);
  const left = zz > 0 ? Math.max(0, 1 - (shrink * xz * xz) / (xx * zz)) : 1;
  return { slope: (shrink * xz) / xx, left, distance, reach: (shrink * distance * distance) / xx };
}
