import { fixParams, isFeasible, type Params, type Space } from "../../space/index.ts";
import type { PointSpace } from "../../surrogate/gp/point-space.ts";

/** The values of a configuration that stand already, which a search must keep. */
export class KnownPlaces {
  /** The space of what is left. */
  readonly space: Space;
  /** NaN where nothing is known. */
  readonly places: Float64Array;
  readonly #points: PointSpace;
  readonly #known: Params;

  constructor(points: PointSpace, known: Params) {
    this.#points = points;
    this.#known = known;
    this.places = points.fromParams(known);
    this.space = fixParams(points.space, known);
  }

  holds(axis: number): boolean {
    return !Number.isNaN(this.places[axis]);
  }

  /** The point with the known places instead of its own; what becomes active with them comes from `fill`. */
  impose(point: Float64Array, fill: (axis: number) => number): Float64Array {
    const imposed = point.map((place, axis) => (this.holds(axis) ? this.places[axis]! : place));
    this.#points.settle(imposed, fill);
    return imposed;
  }

  /** The known values as they were given: going to a place and back may round. */
  toParams(point: Float64Array): Params {
    return { ...this.#points.toParams(point), ...this.#known };
  }

  isFeasible(point: Float64Array): boolean {
    return this.space.where.length === 0 || isFeasible(this.space, this.toParams(point));
  }
}
