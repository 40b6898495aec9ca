import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import type { PointSpace } from "../../surrogate/gp/point-space.ts";

/** How far children lie from their parents. */
export interface VariationOptions {
  /** Chance that a child has two parents. */
  readonly crossover: number;
  /** Distribution indices of crossover and mutation: the larger, the nearer. */
  readonly crossoverIndex: number;
  readonly mutationIndex: number;
}

/** Parents whose numbers differ by less have the same. */
const SAME = 1e-14;

/**
 * A child of two points: numeric places by simulated binary crossover and polynomial mutation within [0, 1] (Deb and Agrawal, 1995; Deb and Goyal,
 * 1996), levels and choices from either parent, or another one. What only one parent has comes from it; what neither has and becomes active is drawn
 * uniformly. Constraints are not looked at.
 */
export function childOf(
  space: PointSpace,
  [first, second]: readonly [Float64Array, Float64Array],
  options: VariationOptions,
  stream: RandomStream,
): Float64Array {
  const crossed = stream.float() < options.crossover;
  const child = first.slice();
  for (let axis = 0; axis < child.length; axis++) {
    const [a, b] = [first[axis]!, second[axis]!];
    if (Number.isNaN(a)) child[axis] = b;
    else if (crossed && !Number.isNaN(b)) child[axis] = crossPlaces(space, axis, a, b, options.crossoverIndex, stream);
  }
  space.settle(child, (axis) => space.uniform(axis, stream.float()));
  mutatePlaces(space, child, options.mutationIndex, stream);
  space.settle(child, (axis) => space.uniform(axis, stream.float()));
  return child;
}

function crossPlaces(space: PointSpace, axis: number, a: number, b: number, index: number, stream: RandomStream) {
  if (space.axes[axis]!.kind === "nominal") return stream.float() < 0.5 ? a : b;
  const gap = Math.abs(b - a);
  if (gap <= SAME || stream.float() < 0.5) return a;
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const upwards = stream.float() < 0.5;
  const room = upwards ? 1 - high : low;
  const share = 2 - power(1 + (2 * room) / gap, -(index + 1));
  const u = stream.float() * share;
  const spread = u <= 1 ? power(u, 1 / (index + 1)) : power(1 / (2 - u), 1 / (index + 1));
  return 0.5 * (low + high + (upwards ? spread : -spread) * gap);
}

/** Changes each active axis with a chance of one in their number. */
function mutatePlaces(space: PointSpace, child: Float64Array, index: number, stream: RandomStream): void {
  const active = [...child.keys()].filter((axis) => !Number.isNaN(child[axis]));
  if (active.length === 0) return;
  for (const axis of active)
    if (stream.float() < 1 / active.length) child[axis] = mutatePlace(space, axis, child[axis]!, index, stream);
}

function mutatePlace(space: PointSpace, axis: number, place: number, index: number, stream: RandomStream): number {
  const { kind, levels, places } = space.axes[axis]!;
  if (kind === "nominal") {
    if (levels! < 2) return place;
    const other = stream.int(levels! - 1);
    return other >= place ? other + 1 : other;
  }
  const moved = movePlace(place, index, stream);
  if (places === null) return moved;
  const level = space.level(axis, place);
  if (space.level(axis, moved) !== level) return moved;
  const step = moved < place ? -1 : 1;
  return places[level + step] ?? places[level - step] ?? place;
}

function movePlace(place: number, index: number, stream: RandomStream): number {
  const u = stream.float();
  if (u < 0.5) {
    const rest = 2 * u + (1 - 2 * u) * power(1 - place, index + 1);
    return Math.max(0, place + power(rest, 1 / (index + 1)) - 1);
  }
  const rest = 2 * (1 - u) + (2 * u - 1) * power(place, index + 1);
  return Math.min(1, place + 1 - power(rest, 1 / (index + 1)));
}

function power(base: number, exponent: number): number {
  return base === 0 ? 0 : exp(exponent * ln(base));
}
