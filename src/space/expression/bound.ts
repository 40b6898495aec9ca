import type { JsonValue } from "../json.ts";

/** Bits of what a condition may turn out to be. */
export const TRUE = 1;
export const FALSE = 2;
export const ABSENT = 4;

/**
 * All that an expression may be while its names move within a box: numbers in [low, high], a set of truths, or a list of
 * values. `absent` when it may say nothing, because a parameter it needs may be inactive.
 */
export type Bound =
  | { readonly kind: "number"; readonly low: number; readonly high: number; readonly absent: boolean }
  | { readonly kind: "truth"; readonly mask: number }
  | { readonly kind: "values"; readonly values: readonly JsonValue[]; readonly absent: boolean };

/** What each name may be. */
export type Box = (name: string) => Bound;

export function isAbsent(bound: Bound): boolean {
  return bound.kind === "truth" ? (bound.mask & ABSENT) !== 0 : bound.absent;
}

/** The bound as a list of values, or null for a range of numbers that is no single point. */
export function valuesOf(bound: Bound): readonly JsonValue[] | null {
  switch (bound.kind) {
    case "values":
      return bound.values;
    case "truth":
      return [...(bound.mask & TRUE ? [true] : []), ...(bound.mask & FALSE ? [false] : [])];
    case "number":
      return bound.low === bound.high ? [bound.low] : null;
  }
}

/** Numbers from low to high; a NaN at either end means that nothing is known. */
export function numberBound(low: number, high: number, absent: boolean): Bound {
  const known = low <= high;
  return {
    kind: "number",
    low: known ? low : Number.NEGATIVE_INFINITY,
    high: known ? high : Number.POSITIVE_INFINITY,
    absent,
  };
}

/** The range of a numeric bound; null when it is surely absent. */
export function rangeOf(bound: Bound): { readonly low: number; readonly high: number } | null {
  if (bound.kind === "number") return bound;
  if (bound.kind === "truth") return null;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of bound.values) {
    low = Math.min(low, Number(value));
    high = Math.max(high, Number(value));
  }
  if (Number.isNaN(low)) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return bound.values.length === 0 ? null : { low, high };
}
