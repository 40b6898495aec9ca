/** Value and gradient of a function to be made small; a value that is not finite means "not here". */
export type ValueAndGradient = (x: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  /** Bounds, each as long as `start`; infinite ones are none. */
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  /** Most evaluations of the function. */
  readonly evaluations: number;
  /** Stops when no component of the projected gradient is larger. */
  readonly tolerance?: number;
  /** Stops when a step improves the value by less than this share of its size. */
  readonly relative?: number;
}

export interface LbfgsResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly evaluations: number;
}

const MEMORY = 8;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/**
 * Minimum within bounds by projected L-BFGS: two-loop direction over the free variables (those not held at a bound by the gradient),
 * backtracking along the projected path (Bertsekas, 1982; Nocedal and Wright, 2006, alg. 7.4). Finds a local minimum.
 */
export function boundedLbfgs(
  evaluate: ValueAndGradient,
  start: ArrayLike<number>,
  { low, high, evaluations, tolerance = 1e-6, relative = 1e-10 }: LbfgsOptions,
): LbfgsResult {
  const n = start.length;
  const clip = (v: number, i: number) => Math.min(high[i]!, Math.max(low[i]!, v));
  let x = Float64Array.from({ length: n }, (_, i) => clip(start[i]!, i));
  let gradient = new Float64Array(n);
  let value = evaluate(x, gradient);
  let used = 1;
  let pairs: Pair[] = [];
  while (used < evaluations && Number.isFinite(value)) {
    const free = freeVariables(x, gradient, low, high);
    if (largest(gradient, free) <= tolerance) break;
    const direction = descent(gradient, free, pairs);
    const next = search();
    if (next === null) {
      if (pairs.length === 0) break;
      pairs = []; // the curvature learnt so far misleads: fall back to the gradient
      continue;
    }
    pairs = remember(pairs, x, gradient, next.x, next.gradient);
    const gain = value - next.value;
    ({ x, gradient, value } = next);
    if (gain <= relative * (Math.abs(value) + 1e-12)) break;

    function search(): { x: Float64Array<ArrayBuffer>; gradient: Float64Array<ArrayBuffer>; value: number } | null {
      let rate = pairs.length === 0 ? Math.min(1, 1 / largest(gradient, free)) : 1;
      for (let tries = 0; tries < 25 && used < evaluations; tries++, rate *= tries < 3 ? 0.4 : 0.15) {
        const trial = Float64Array.from(x, (v, i) => clip(v + rate * direction[i]!, i));
        const slope = trial.reduce((sum, v, i) => sum + (v - x[i]!) * gradient[i]!, 0);
        if (!(slope < 0)) return null;
        const found = new Float64Array(n);
        const at = evaluate(trial, found);
        used += 1;
        if (at <= value + 1e-4 * slope) return { x: trial, gradient: found, value: at };
      }
      return null;
    }
  }
  return { x, value, evaluations: used };
}

/** 1 where the variable may move, 0 where a bound holds it against the gradient. */
function freeVariables(x: Float64Array, gradient: Float64Array, low: ArrayLike<number>, high: ArrayLike<number>) {
  return Uint8Array.from(x, (v, i) =>
    (v <= low[i]! && gradient[i]! > 0) || (v >= high[i]! && gradient[i]! < 0) ? 0 : 1,
  );
}

function largest(gradient: Float64Array, free: Uint8Array): number {
  return gradient.reduce((most, g, i) => (free[i] === 1 ? Math.max(most, Math.abs(g)) : most), 0);
}

function dot(a: Float64Array, b: Float64Array, free: Uint8Array): number {
  return a.reduce((sum, v, i) => (free[i] === 1 ? sum + v * b[i]! : sum), 0);
}

function descent(gradient: Float64Array, free: Uint8Array, pairs: readonly Pair[]): Float64Array {
  const q = Float64Array.from(gradient, (g, i) => (free[i] === 1 ? -g : 0));
  const rates: number[] = [];
  for (const { step, change, curvature } of pairs.toReversed()) {
    const rate = dot(step, q, free) / curvature;
    rates.push(rate);
    for (let i = 0; i < q.length; i++) if (free[i] === 1) q[i] = q[i]! - rate * change[i]!;
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const size = dot(last.change, last.change, free);
    const scale = size > 0 ? last.curvature / size : 1;
    for (let i = 0; i < q.length; i++) q[i] = q[i]! * scale;
  }
  for (const { step, change, curvature } of pairs) {
    const rate = rates.pop()! - dot(change, q, free) / curvature;
    for (let i = 0; i < q.length; i++) if (free[i] === 1) q[i] = q[i]! + rate * step[i]!;
  }
  return q;
}

function remember(
  pairs: readonly Pair[],
  x: Float64Array,
  gradient: Float64Array,
  nextX: Float64Array,
  nextGradient: Float64Array,
): Pair[] {
  const step = nextX.map((v, i) => v - x[i]!);
  const change = nextGradient.map((v, i) => v - gradient[i]!);
  const curvature = step.reduce((sum, v, i) => sum + v * change[i]!, 0);
  const size = change.reduce((sum, v) => sum + v * v, 0);
  if (!(curvature > 1e-12 * size)) return [...pairs];
  return [...pairs, { step, change, curvature }].slice(-MEMORY);
}
