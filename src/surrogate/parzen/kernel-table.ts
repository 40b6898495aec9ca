import { ln } from "../../numeric/special/ln.ts";
import { normalMass } from "../../numeric/special/normal-cdf.ts";
import type { ParzenAxis } from "./parzen-axis.ts";
import type { ParzenPoints } from "./parzen-points.ts";

const LOG_SQRT_TWO_PI = 0.9189385332046728;

/** Kernels by slot: plain arrays, so that the one hot loop of a density reads nothing else. */
export class KernelTable {
  readonly width: number;
  /** By slot and axis: the place in [0, 1], or the choice. */
  values = new Float64Array(0);
  /** By slot and axis: 1 / bandwidth; NaN until fitted. */
  inverse = new Float64Array(0);
  /** By slot: what the kernels' norms add to the log density. */
  bases = new Float64Array(0);
  readonly #continuous: Int32Array;
  readonly #cells: Int32Array;
  readonly #choices: Int32Array;
  readonly #sizes: Float64Array;
  /** By slot and axis: the axis's part of the base. */
  #norms = new Float64Array(0);
  /** By axis: log probability of a member's own choice and of each other. */
  readonly #match: Float64Array;
  readonly #miss: Float64Array;

  constructor(axes: readonly ParzenAxis[]) {
    this.width = axes.length;
    const ofType = (type: ParzenAxis["type"]) => Int32Array.from(axes.keys()).filter((d) => axes[d]!.type === type);
    this.#continuous = ofType("continuous");
    this.#cells = ofType("cells");
    this.#choices = ofType("choice");
    this.#sizes = Float64Array.from(axes, (axis) => (axis.type === "choice" ? axis.size : 0));
    this.#match = new Float64Array(axes.length);
    this.#miss = new Float64Array(axes.length);
  }

  grow(capacity: number): void {
    this.values = larger(this.values, capacity * this.width);
    this.inverse = larger(this.inverse, capacity * this.width);
    this.#norms = larger(this.#norms, capacity * this.width);
    this.bases = larger(this.bases, capacity);
  }

  /** `members` is how many kernels there are besides the prior's. */
  setCount(members: number): void {
    for (const d of this.#choices) {
      const all = this.#sizes[d]! + members + 1;
      this.#match[d] = ln((members + 2) / all);
      this.#miss[d] = -ln(all);
    }
  }

  /** Sets the bandwidth of one kernel on one numeric axis; `at` is its place in the table. */
  setBandwidth(at: number, bandwidth: number, cells: boolean): void {
    const inverse = 1 / bandwidth;
    if (this.inverse[at] === inverse) return;
    this.inverse[at] = inverse;
    const mean = this.values[at]!;
    const mass = normalMass(-mean * inverse, (1 - mean) * inverse);
    this.#norms[at] = -ln(mass) + (cells ? 0 : ln(inverse) - LOG_SQRT_TWO_PI);
  }

  /** Sums the norms of a slot's axes, always in the same order. */
  setBase(slot: number): void {
    const norms = this.#norms;
    const own = slot * this.width;
    let base = 0;
    for (const d of this.#continuous) base += norms[own + d]!;
    for (const d of this.#cells) base += norms[own + d]!;
    this.bases[slot] = base;
  }

  /** Log density of a slot's kernel at a point, or `floor` when it is not above. Every term after the base is at most 0. */
  logAt(slot: number, points: ParzenPoints, at: number, floor: number): number {
    const { values, inverse } = this;
    const places = points.values;
    const own = slot * this.width;
    const continuous = this.#continuous;
    let log = this.bases[slot]!;
    for (let i = 0; i < continuous.length; i++) {
      const d = continuous[i]!;
      const z = (places[at + d]! - values[own + d]!) * inverse[own + d]!;
      log -= 0.5 * z * z;
      if (log <= floor) return floor;
    }
    const choices = this.#choices;
    for (let i = 0; i < choices.length; i++) {
      const d = choices[i]!;
      log += values[own + d] === places[at + d] ? this.#match[d]! : this.#miss[d]!;
    }
    return this.#cells.length === 0 ? log : this.#addCells(log, own, points, at, floor);
  }

  /** Log density of a slot's kernel over some of the axes alone. */
  logOn(slot: number, points: ParzenPoints, at: number, axes: readonly number[]): number {
    const own = slot * this.width;
    let log = 0;
    for (const d of axes) {
      if (this.#sizes[d]! > 0) {
        log += this.values[own + d] === points.values[at + d] ? this.#match[d]! : this.#miss[d]!;
        continue;
      }
      const scale = this.inverse[own + d]!;
      const mean = this.values[own + d]!;
      const place = (value: number): number => (value - mean) * scale;
      log += this.#norms[own + d]!;
      if (points.cells[d] === 1) log += ln(normalMass(place(points.lower[at + d]!), place(points.upper[at + d]!)));
      else log -= 0.5 * place(points.values[at + d]!) * place(points.values[at + d]!);
    }
    return log;
  }

  #addCells(start: number, own: number, points: ParzenPoints, at: number, floor: number): number {
    const { values, inverse } = this;
    const cells = this.#cells;
    let log = start;
    for (let i = 0; i < cells.length; i++) {
      const d = cells[i]!;
      const scale = inverse[own + d]!;
      const lower = (points.lower[at + d]! - values[own + d]!) * scale;
      const upper = (points.upper[at + d]! - values[own + d]!) * scale;
      // The mass of a cell on one side of the mean is below exp(-z²/2) of its nearer border: cheaper than the mass itself.
      const nearest = lower > 0 ? lower : upper < 0 ? upper : 0;
      if (log - 0.5 * nearest * nearest <= floor) return floor;
      log += ln(normalMass(lower, upper));
      if (!(log > floor)) return floor;
    }
    return log;
  }
}

function larger(old: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(size);
  copy.set(old);
  return copy;
}
