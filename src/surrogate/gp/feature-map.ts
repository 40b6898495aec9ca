import { bendPlace, bendSlope, type InputBend } from "./input-bend.ts";
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
  /** How each axis's places are bent; nominal ones never are. */
  readonly bends: readonly InputBend[];

  constructor(points: PointSpace, dimension: number, bends?: readonly InputBend[]) {
    this.points = points;
    this.dimension = dimension;
    this.bends = bends ?? points.axes.map(() => "none");
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

  /** The same map with places bent otherwise, one entry an axis. */
  bent(bends: readonly InputBend[]): FeatureMap {
    return new FeatureMap(this.points, this.dimension, bends);
  }

  /** How much a numeric axis's feature changes with its place there. */
  slope(axis: number, place: number): number {
    return bendSlope(place, this.bends[axis]!);
  }

  /** Writes points feature-major: feature f of point i to out[f * stride + i]. */
  write(points: readonly Float64Array[], out: Float64Array, stride: number): void {
    let at = 0;
    for (const axis of this.numericAxes) {
      const bend = this.bends[axis]!;
      for (const [i, point] of points.entries()) {
        out[at + i] = bendPlace(Number.isNaN(point[axis]) ? 0.5 : point[axis]!, bend);
      }
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
