import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { PointSpace } from "../../surrogate/gp/point-space.ts";

/** Points that are looked at before the search gives up. */
const MOST_LOOKS = 5000;

/**
 * An allowed point where random ones find none: almost all of a small space has been tried, or what is left is seldom drawn. Goes
 * through the values in order, parents first, from a random one on; null when there is none among the points it looks at.
 */
export function untriedPoint(
  space: PointSpace,
  allowed: (point: Float64Array) => boolean,
  stream: RandomStream,
  known?: Float64Array,
): Float64Array | null {
  const point = new Float64Array(space.size).fill(Number.NaN);
  const starts = Float64Array.from(point, () => stream.float());
  let looks = 0;
  const fill = (axis: number): boolean => {
    if (axis === point.length) {
      looks += 1;
      return allowed(point);
    }
    const { levels, places } = space.axes[axis]!;
    const place = known?.[axis] ?? Number.NaN;
    const active = space.isActive(axis, point);
    const count = active && Number.isNaN(place) ? (levels ?? 1) : 1;
    for (let k = 0; k < count && looks < MOST_LOOKS; k++) {
      const level = (Math.floor(starts[axis]! * count) + k) % count;
      if (!active) point[axis] = Number.NaN;
      else if (!Number.isNaN(place)) point[axis] = place;
      else point[axis] = levels === null ? space.uniform(axis, starts[axis]!) : (places?.[level] ?? level);
      if (fill(axis + 1)) return true;
    }
    point[axis] = Number.NaN;
    return false;
  };
  return fill(0) ? point : null;
}
