import type { Boxes } from "../../../numeric/hypervolume/box-decomposition.ts";

/**
 * What is left of boxes above floors, -Infinity where there is none: what lies beyond a goal counts as the goal, so that nothing is gained there. Null where
 * nothing is left.
 */
export function floorBoxes({ dimension, count, lower, upper }: Boxes, floors: ArrayLike<number>): Boxes | null {
  const low = lower.map((place, at) => Math.max(place, floors[at % dimension]!));
  const isLeft = (box: number): boolean =>
    low.subarray(box * dimension, (box + 1) * dimension).every((place, d) => place < upper[box * dimension + d]!);
  const left = [...Array(count).keys()].filter(isLeft);
  if (left.length === 0) return null;
  const sidesOf = (sides: Float64Array): Float64Array =>
    Float64Array.from(left.flatMap((box) => [...sides.subarray(box * dimension, (box + 1) * dimension)]));
  return { dimension, count: left.length, lower: sidesOf(low), upper: sidesOf(upper) };
}
