import type { Direction } from "../trial/metric.ts";

/** Times the spread of the better half by which a bad value may lie off before it says no more than that it is bad. */
const FAR = 5;

/** Between which bounds values differ in a way that is worth a look: a few very bad ones would hide what all others say. */
export function usefulRange(values: ArrayLike<number>, direction: Direction): readonly [low: number, high: number] {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, middle, high] = [at(0), at(0.5), at(1)];
  if (direction === "minimize") return [low, Math.min(high, middle + FAR * Math.max(middle - low, at(0.75) - middle))];
  return [Math.max(low, middle - FAR * Math.max(high - middle, middle - at(0.25))), high];
}
