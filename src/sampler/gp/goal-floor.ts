import { zeroUnderWarp } from "./zero-under-warp.ts";

/** Where a goal of numbers to be made small lies among their warped values; -Infinity for none (null or -Infinity). */
export function goalFloor(goal: number | null, raw: readonly number[], warped: Float64Array): number {
  if (goal === null || goal === Number.NEGATIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  return zeroUnderWarp(
    raw.map((value) => value - goal),
    warped,
  );
}
