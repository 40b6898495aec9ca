import type { Direction } from "../trial/metric.ts";

/**
 * Orders values best first: negative when `a` is better, 0 when neither is. An infinity in the good direction is as worthless
 * as NaN: everything non-finite comes last, and ties among itself.
 */
export function compareValues(a: number, b: number, direction: Direction): number {
  const finiteA = Number.isFinite(a);
  const finiteB = Number.isFinite(b);
  if (!finiteA || !finiteB) return Number(finiteB) - Number(finiteA);
  if (a === b) return 0;
  return a < b === (direction === "minimize") ? -1 : 1;
}

/** By how much `a` is better than `b`: positive when it is, in the metric's unit. */
export function leadOver(a: number, b: number, direction: Direction): number {
  return direction === "minimize" ? b - a : a - b;
}
