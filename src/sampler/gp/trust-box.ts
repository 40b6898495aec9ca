import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { PointSpace } from "../../surrogate/gp/point-space.ts";

/** Axes that a draw changes on average (Regis and Shoemaker, 2013). */
const CHANGED_AXES = 20;

/** The surroundings of one point in which a search over many parameters stays: numeric axes within half an edge of the centre. */
export class TrustBox {
  readonly #space: PointSpace;
  readonly #center: Float64Array;
  readonly #half: number;

  constructor(space: PointSpace, center: Float64Array, length: number) {
    this.#space = space;
    this.#center = center;
    this.#half = length / 2;
  }

  /** Bounds of an axis that is numeric and active at the centre; the whole axis otherwise. */
  bounds(axis: number): readonly [number, number] {
    const middle = this.#center[axis]!;
    if (this.#space.axes[axis]!.kind !== "numeric" || Number.isNaN(middle)) return [0, 1];
    return [Math.max(0, middle - this.#half), Math.min(1, middle + this.#half)];
  }

  /** The centre with some axes drawn anew within the box: about twenty of them, at least one. */
  draw(stream: RandomStream): Float64Array {
    const space = this.#space;
    const point = this.#center.slice();
    const active = [...point.keys()].filter((axis) => !Number.isNaN(point[axis]));
    const share = CHANGED_AXES / Math.max(1, active.length);
    const forced = active[stream.int(Math.max(1, active.length))];
    for (const axis of active) if (axis === forced || stream.float() < share) point[axis] = this.#place(axis, stream);
    space.settle(point, (axis) => space.uniform(axis, stream.float()));
    return point;
  }

  /** The point with its numeric axes brought back into the box. */
  clamp(point: Float64Array): Float64Array {
    const inside = point.map((place, axis) => {
      if (Number.isNaN(place) || this.#space.axes[axis]!.kind !== "numeric") return place;
      const [low, high] = this.bounds(axis);
      return Math.min(high, Math.max(low, place));
    });
    this.#space.settle(inside, (axis) => this.#space.middle(axis));
    return inside;
  }

  #place(axis: number, stream: RandomStream): number {
    if (this.#space.axes[axis]!.kind !== "numeric") return this.#space.uniform(axis, stream.float());
    const [low, high] = this.bounds(axis);
    return low + stream.float() * (high - low);
  }
}
