import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { PointSpace } from "./point-space.ts";

/** A uniform point, parents first, with the places that are known kept; constraints are not looked at. */
export function randomPoint(space: PointSpace, stream: RandomStream, known?: Float64Array): Float64Array {
  const point = known?.slice() ?? new Float64Array(space.size).fill(Number.NaN);
  space.settle(point, (axis) => space.uniform(axis, stream.float()));
  return point;
}

/**
 * A neighbour within the tree of conditions: some axes move (about three, or all numeric ones), what becomes active is drawn
 * uniformly. `spread` is the deviation of a numeric move.
 */
export function mutate(space: PointSpace, from: Float64Array, spread: number, stream: RandomStream): Float64Array {
  const point = from.slice();
  const active = [...point.keys()].filter((axis) => !Number.isNaN(point[axis]));
  const whole = stream.float() < 0.35;
  const share = Math.min(1, 2 / Math.max(1, active.length));
  const forced = active[stream.int(Math.max(1, active.length))];
  for (const axis of active) {
    const numeric = space.axes[axis]!.kind === "numeric";
    if (axis !== forced && stream.float() >= (whole && numeric ? 1 : share)) continue;
    point[axis] = numeric
      ? moveNumeric(space, axis, point[axis]!, spread, stream)
      : moveNominal(space, axis, point[axis]!, stream);
  }
  space.settle(point, (axis) => space.uniform(axis, stream.float()));
  return point;
}

function moveNumeric(space: PointSpace, axis: number, place: number, spread: number, stream: RandomStream): number {
  const { places } = space.axes[axis]!;
  const u = Math.min(1, Math.max(0, place + spread * stream.normal()));
  if (places === null) return u;
  const level = space.level(axis, place);
  const next = space.level(axis, u);
  if (next !== level) return places[next]!;
  const step = stream.int(2) === 0 ? -1 : 1;
  return places[level + step] ?? places[level - step] ?? place;
}

function moveNominal(space: PointSpace, axis: number, code: number, stream: RandomStream): number {
  const levels = space.axes[axis]!.levels!;
  if (levels < 2) return code;
  const next = stream.int(levels - 1);
  return next >= code ? next + 1 : next;
}
