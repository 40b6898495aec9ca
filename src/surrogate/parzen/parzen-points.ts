import type { ParzenAxis } from "./parzen-axis.ts";

/** Points at which densities are asked for, by point and axis; they stay once one was. */
export class ParzenPoints {
  readonly count: number;
  /** The place in [0, 1], or the choice. */
  readonly values: Float64Array;
  /** Borders of the point's cell, for axes of cells. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** By axis: 1 for an axis of cells. */
  readonly cells: Uint8Array;
  /** Log density of the prior at each point, once a density has asked for it: all densities on these axes have the same. */
  priors: Float64Array | null = null;

  constructor(axes: readonly ParzenAxis[], count: number) {
    this.count = count;
    this.values = new Float64Array(count * axes.length);
    this.lower = new Float64Array(count * axes.length);
    this.upper = new Float64Array(count * axes.length);
    this.cells = Uint8Array.from(axes, (axis) => (axis.type === "cells" ? 1 : 0));
  }
}
