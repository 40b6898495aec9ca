import { solveLinear } from "../../numeric/linalg/solve-linear.ts";

/** Of each point which direction is nearest, and how far off it lies. */
export interface Niches {
  readonly niches: Int32Array;
  readonly distances: Float64Array;
}

/** What the other coordinates weigh where an end of the front is looked for. */
const ACROSS = 1e6;
const LEAST_RANGE = 1e-12;

/**
 * The nearest direction of each point once coordinates are brought to a common scale: from the least of all points to where the plane through the ends of
 * `front` meets the axis, or to the most of `front` where there is no such plane (Deb and Jain, 2014, algorithms 2 and 3).
 */
export function nichesOf(
  points: readonly Float64Array[],
  front: readonly Float64Array[],
  directions: readonly (readonly number[])[],
): Niches {
  // Halved, so that no difference overflows.
  const halved = points.map((point) => point.map((v) => v / 2));
  const ideal = halved.reduce((a, b) => a.map((v, d) => Math.min(v, b[d]!)));
  const moved = halved.map((point) => point.map((v, d) => v - ideal[d]!));
  const ranges = rangesOf(front.length === 0 ? moved : front.map((point) => point.map((v, d) => v / 2 - ideal[d]!)));
  const scaled = moved.map((point) => point.map((v, d) => v / ranges[d]!));
  const lengths = directions.map((direction) => direction.reduce((sum, part) => sum + part * part, 0));
  const niches = new Int32Array(points.length);
  const distances = new Float64Array(points.length);
  for (const [i, point] of scaled.entries()) {
    let least = Number.POSITIVE_INFINITY;
    for (const [k, direction] of directions.entries()) {
      const along = direction.reduce((sum, part, d) => sum + part * point[d]!, 0) / lengths[k]!;
      const off = direction.reduce((sum, part, d) => sum + (point[d]! - along * part) * (point[d]! - along * part), 0);
      if (off >= least) continue;
      least = off;
      niches[i] = k;
    }
    distances[i] = least;
  }
  return { niches, distances };
}

/** How far each coordinate of the front reaches from 0. */
function rangesOf(front: readonly Float64Array[]): Float64Array {
  const most = front.reduce((a, b) => a.map((v, d) => Math.max(v, b[d]!)));
  const ends = Array.from(most, (_v, axis) => {
    const across = (point: Float64Array): number =>
      point.reduce(
        (worst, v, d) => Math.max(worst, (d === axis ? 1 : ACROSS) * (v / Math.max(most[d]!, LEAST_RANGE))),
        0,
      );
    return front.reduce((a, b) => (across(b) < across(a) ? b : a));
  });
  const plane = solveLinear(ends, new Array<number>(most.length).fill(1));
  const meets = plane?.map((slope) => 1 / slope);
  const usable = meets?.every((at, d) => Number.isFinite(at) && at > LEAST_RANGE && at <= 2 * most[d]!) === true;
  return (usable ? meets! : most).map((range) => (range > 0 ? range : 1));
}
