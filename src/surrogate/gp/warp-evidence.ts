import { ln } from "../../numeric/special/ln.ts";
import type { GaussianProcess } from "./gaussian-process.ts";

const HALF_LN_2PI = 0.9189385332046727;
/** Below this, neighbouring values count as one. */
const LEAST_GAP = 1e-12;

/**
 * How well a process foretells each value of the better half from all others: mean logarithm of the leave-one-out density
 * (Sundararajan and Keerthi, 2001), brought to the scale of that half's raw values so that warps can be compared, outliers or not.
 * `warped` are the process's values (its first set), `raw` the same before the warp, smaller being better.
 */
export function warpEvidence(process: GaussianProcess, warped: Float64Array, raw: ArrayLike<number>): number {
  const order = Array.from({ length: raw.length }, (_, i) => i).sort((a, b) => raw[a]! - raw[b]! || a - b);
  const half = Math.min(order.length, Math.max(2, Math.ceil(order.length / 2)));
  const range = raw[order[half - 1]!]! / 4 - raw[order[0]!]! / 4;
  if (!(range > 0)) return 0;
  const { residual, variance } = process.leaveOneOut();
  let sum = 0;
  for (let k = 0; k < half; k++) {
    const i = order[k]!;
    const slope = slopeAt(k, order, warped, raw, range);
    sum += ln(slope) - HALF_LN_2PI - 0.5 * (ln(variance[i]!) + (residual[i]! * residual[i]!) / variance[i]!);
  }
  return sum / half;
}

/** How steep the warp is at the k-th best value, from its neighbours. */
function slopeAt(
  k: number,
  order: readonly number[],
  warped: Float64Array,
  raw: ArrayLike<number>,
  range: number,
): number {
  let [low, high] = [k, k];
  const gap = () => (raw[order[high]!]! / 4 - raw[order[low]!]! / 4) / range;
  while (gap() < LEAST_GAP && (low > 0 || high < order.length - 1)) {
    low = Math.max(0, low - 1);
    high = Math.min(order.length - 1, high + 1);
  }
  const rise = warped[order[high]!]! - warped[order[low]!]!;
  return Math.max(LEAST_GAP, rise) / Math.max(LEAST_GAP, gap());
}
