import { unwarp } from "../../surrogate/gp/unwarp.ts";

/** How far off 0 lies where all differences are the same. */
const SURE = 3;

/**
 * Where a difference of 0 lies among warped differences: straight between neighbours in the data, and beyond their ends along the
 * line from there to the middle, for the outermost two may be arbitrarily near to each other.
 */
export function zeroUnderWarp(raw: readonly number[], warped: Float64Array): number {
  const order = [...raw.keys()].sort((a, b) => raw[a]! - raw[b]!);
  const [first, last, middle] = [order[0]!, order.at(-1)!, order[order.length >> 1]!];
  if (raw[first] === raw[last]) return raw[first]! <= 0 ? SURE : -SURE;
  if (raw[first]! <= 0 && raw[last]! >= 0) return unwarp(0, raw, warped);
  const end = raw[first]! > 0 ? first : last;
  const other = raw[middle] === raw[end] ? (end === first ? last : first) : middle;
  const slope = (warped[other]! - warped[end]!) / (raw[other]! - raw[end]!);
  return Number.isFinite(slope) ? warped[end]! - raw[end]! * slope : raw[first]! > 0 ? -SURE : SURE;
}
