import type { PointSpace } from "./point-space.ts";

/**
 * Points as features of a Matérn kernel over one Euclidean distance, which is positive definite whatever is active:
 * a numeric axis is its place (the middle where inactive), a group of axes that are active together adds a 0-or-1 feature,
 * a nominal axis counts 1 where two values differ (inactive being a value of its own).
 */
export class FeatureMap {
  readonly points: PointSpace;
  /** Numeric features: places, then activities. */
  readonly numeric: number;
  readonly nominal: number;
  /** Mean number of active axes over random configurations: the dimension that the priors scale with. */
  readonly dimension: number;
  /** Axis of each numeric place and of each nominal feature. */
  readonly numericAxes: readonly number[];
  readonly nominalAxes: readonly number[];

  constructor(points: PointSpace, dimension: number) {
    this.points = points;
    this.dimension = dimension;
    const axes = [...points.axes.keys()];
    this.numericAxes = axes.filter((i) => points.axes[i]!.kind === "numeric");
    this.nominalAxes = axes.filter((i) => points.axes[i]!.kind === "nominal");
    this.numeric = this.numericAxes.length + points.groupAxes.length;
    this.nominal = this.nominalAxes.length;
  }

  /** Numeric and nominal features in all: as many length-scales. */
  get size(): number {
    return this.numeric + this.nominal;
  }

  /** Writes points feature-major: feature f of point i to out[f * stride + i]. */
  write(points: readonly Float64Array[], out: Float64Array, stride: number): void {
    let at = 0;
    for (const axis of this.numericAxes) {
      for (const [i, point] of points.entries()) out[at + i] = Number.isNaN(point[axis]) ? 0.5 : point[axis]!;
      at += stride;
    }
    for (const axis of this.points.groupAxes) {
      for (const [i, point] of points.entries()) out[at + i] = Number.isNaN(point[axis]) ? 0 : 1;
      at += stride;
    }
    for (const axis of this.nominalAxes) {
      for (const [i, point] of points.entries()) out[at + i] = Number.isNaN(point[axis]) ? -1 : point[axis]!;
      at += stride;
    }
  }
}
