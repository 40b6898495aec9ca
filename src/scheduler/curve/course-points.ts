import type { CurvePoints } from "../../surrogate/curve/curve-fit.ts";
import type { MetricByStep } from "../reports/metric-by-step.ts";

/** Longer courses are cut into so many parts, each its mean. */
const MOST = 32;

/**
 * The points of a course up to a place, as the fit wants them: shares of the way to `end`, smaller values the better ones (`sign` -1 turns them).
 * Null where fewer than `least` are finite, or no way to the end is left. The first step counts as one step from the beginning, by the mean
 * distance of its followers.
 */
export function coursePoints(
  course: MetricByStep,
  place: number,
  end: number,
  sign: 1 | -1,
  least: number,
): CurvePoints | null {
  const [first, last] = [course.step(0), course.step(place)];
  const origin = place === 0 ? first : first - (last - first) / place;
  if (!(last < end) || !(origin < last)) return null;
  const count = place + 1;
  const parts = Math.min(MOST, count);
  const [u, y] = [new Float64Array(parts), new Float64Array(parts)];
  let [length, finite] = [0, 0];
  for (let part = 0; part < parts; part++) {
    const [from, to] = [Math.floor((part * count) / parts), Math.floor(((part + 1) * count) / parts)];
    let [shares, values, own] = [0, 0, 0];
    for (let k = from; k < to; k++) {
      const value = course.value(k);
      if (!Number.isFinite(value)) continue;
      shares += (course.step(k) - origin) / (end - origin);
      values += sign * value;
      own += 1;
    }
    if (own === 0 || !Number.isFinite(values)) continue;
    [u[length], y[length]] = [shares / own, values / own];
    length += 1;
    finite += own;
  }
  return finite < least ? null : { u: u.slice(0, length), y: y.slice(0, length) };
}
