import { ln } from "../numeric/special/ln.ts";
import type { FloatParameter, IntParameter } from "./parameter.ts";
import { fromScale, toScale } from "./scale.ts";
import { stepCount, stepIndex, stepValue } from "./step-grid.ts";

export type NumericParameter = FloatParameter | IntParameter;

/** How many values the parameter has besides an exact zero, or null when it is continuous. */
export function gridSize(p: NumericParameter): number | null {
  return p.step === null ? null : stepCount(p.low, p.high, p.step);
}

/** The k-th value of a parameter with a step. */
export function gridValue(p: NumericParameter, k: number): number {
  return stepValue(p.low, p.step ?? 1, k);
}

/** The k of the value nearest to x. */
export function gridIndex(p: NumericParameter, x: number): number {
  const step = p.step ?? 1;
  return stepIndex(p.low, step, stepCount(p.low, p.high, step), x);
}

/**
 * Border below the k-th of `size` grid values on the parameter's scale: half way to its neighbour, and half a step beyond the
 * outermost values, so that these are drawn as often as their share of the scale asks for.
 */
export function gridBorder(p: NumericParameter, k: number, size: number): number {
  const step = p.step ?? 1;
  let x = p.low + (k - 0.5) * step;
  if (k === 0 && (p.scale === "log" || p.scale === "logit")) x = Math.max(x, p.low / 2);
  if (k === size && (p.scale === "logit" || p.scale === "reverse-log")) {
    x = Math.min(x, (1 + gridValue(p, size - 1)) / 2);
  }
  return toScale(p.scale, x);
}

/** Share of [0, 1] that belongs to the exact zero of an `orZero` parameter: zero counts as one more decade. */
export function zeroShare(p: NumericParameter): number {
  if (p.type === "int" || !p.orZero) return 0;
  return 1 / (1 + ln(p.high / p.low) / Math.LN10);
}

/** The value at share t of a continuous range, on its scale; exactly the bounds at 0 and 1. */
export function valueAtShare(p: NumericParameter, t: number): number {
  if (t <= 0) return p.low;
  if (t >= 1) return p.high;
  const a = toScale(p.scale, p.low);
  const b = toScale(p.scale, p.high);
  return Math.min(p.high, Math.max(p.low, fromScale(p.scale, a * (1 - t) + b * t)));
}

/** Inverse of {@link valueAtShare}. */
export function shareOfValue(p: NumericParameter, x: number): number {
  const a = toScale(p.scale, p.low);
  const b = toScale(p.scale, p.high);
  return Math.min(1, Math.max(0, (toScale(p.scale, x) - a) / (b - a)));
}
