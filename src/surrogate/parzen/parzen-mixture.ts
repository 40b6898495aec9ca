import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import { normalCdf, normalMass } from "../../numeric/special/normal-cdf.ts";
import { normalQuantile } from "../../numeric/special/normal-quantile.ts";
import { BANDWIDTH_FLOORS, type BandwidthFloor } from "./bandwidth-floors.ts";
import { KernelTable } from "./kernel-table.ts";
import type { ParzenAxis } from "./parzen-axis.ts";
import type { ParzenPoints } from "./parzen-points.ts";
import { SortedSlots } from "./sorted-slots.ts";

/** A kernel whose log density lies this far below the prior's adds less than 1e-19 of it and is left out. */
const NEGLIGIBLE = 44;
/** Members beyond the newest this many weigh less the older they are. */
const FULL_WEIGHT = 25;
const LOG_SQRT_TWO_PI = 0.9189385332046728;

/**
 * A density on [0, 1]^d and choices: a mixture over observations of products of kernels, plus one broad kernel for the prior
 * belief. Kernels, bandwidths and weights as in multivariate TPE: Bergstra et al. (NIPS 2011), Falkner et al. (ICML 2018),
 * constants of Watanabe, arXiv 2304.11127. A member's kernel depends only on its neighbours, so that a mixture that was
 * changed member by member has the same bits as one built at once.
 */
export class ParzenMixture {
  readonly #axes: readonly ParzenAxis[];
  readonly #floor: BandwidthFloor;
  readonly #every: readonly number[];
  readonly #numeric: readonly number[];
  readonly #slotOf = new Map<number, number>();
  readonly #free: number[] = [];
  #capacity = 0;
  /** Observation numbers by slot. */
  #numbers = new Float64Array(0);
  readonly #table: KernelTable;
  readonly #byNumber = new SortedSlots((a, b) => this.#numbers[a]! - this.#numbers[b]!);
  readonly #byValue: readonly (SortedSlots | null)[];
  #fitted = false;

  constructor(axes: readonly ParzenAxis[], floor: BandwidthFloor = BANDWIDTH_FLOORS.wide) {
    this.#axes = axes;
    this.#floor = floor;
    this.#every = [...axes.keys()];
    this.#numeric = this.#every.filter((d) => axes[d]!.type !== "choice");
    const width = axes.length;
    const table = new KernelTable(axes);
    this.#table = table;
    this.#byValue = axes.map((axis, d) => {
      if (axis.type === "choice") return null;
      const byValue = (a: number, b: number) => table.values[a * width + d]! - table.values[b * width + d]!;
      return new SortedSlots((a, b) => byValue(a, b) || this.#numbers[a]! - this.#numbers[b]!);
    });
  }

  get size(): number {
    return this.#slotOf.size;
  }

  has(number: number): boolean {
    return this.#slotOf.has(number);
  }

  /** True when the member has exactly these values. */
  holds(number: number, values: ArrayLike<number>): boolean {
    const slot = this.#slotOf.get(number);
    if (slot === undefined) return false;
    return this.#axes.every((_, d) => this.#table.values[slot * this.#axes.length + d] === values[d]);
  }

  /** Adds observations by number, none of which may be a member; `values` has a place in [0, 1] or a choice for each axis. */
  addAll(members: readonly { readonly number: number; readonly values: ArrayLike<number> }[]): void {
    if (members.length === 0) return;
    const width = this.#axes.length;
    const slots = members.map(({ number, values }) => {
      const slot = this.#free.pop() ?? this.#slotOf.size;
      if (slot >= this.#capacity) this.#grow();
      this.#slotOf.set(number, slot);
      this.#numbers[slot] = number;
      for (let d = 0; d < width; d++) this.#table.values[slot * width + d] = values[d]!;
      this.#table.inverse.fill(Number.NaN, slot * width, (slot + 1) * width);
      return slot;
    });
    this.#byNumber.addAll(slots);
    for (const sorted of this.#byValue) sorted?.addAll(slots);
    this.#fitted = false;
  }

  /** Takes a member out; does nothing when it is none. */
  remove(number: number): void {
    const slot = this.#slotOf.get(number);
    if (slot === undefined) return;
    this.#byNumber.remove(slot);
    for (const sorted of this.#byValue) sorted?.remove(slot);
    this.#slotOf.delete(number);
    this.#free.push(slot);
    this.#fitted = false;
  }

  /** Writes the log density of each point to `out`. */
  logDensity(points: ParzenPoints, out: Float64Array): void {
    this.#fit();
    const count = points.count;
    const top = new Float64Array(count);
    const sum = new Float64Array(count).fill(1);
    for (let c = 0; c < count; c++) top[c] = this.#priorLog(points, c, this.#every);
    const floor = top.map((value) => value - NEGLIGIBLE);
    const table = this.#table;
    const { width } = table;
    const members = this.#byNumber.slots;
    let total = 1;
    for (let m = 0; m < members.length; m++) {
      const slot = members[m]!;
      const weight = memberWeight(m, members.length);
      total += weight;
      for (let c = 0; c < count; c++) {
        const log = table.logAt(slot, points, c * width, floor[c]!);
        if (!(log > floor[c]!)) continue;
        if (log > top[c]!) {
          sum[c] = sum[c]! * exp(top[c]! - log) + weight;
          top[c] = log;
        } else sum[c] = sum[c]! + weight * exp(log - top[c]!);
      }
    }
    for (let c = 0; c < count; c++) out[c] = top[c]! + ln(sum[c]! / total);
  }

  /**
   * What each kernel weighs, given what the first of the points has on some axes: the members from the oldest on, then the prior.
   * In proportion to weight times density there, the largest 1.
   */
  weightsGiven(points: ParzenPoints, axes: readonly number[]): Float64Array {
    this.#fit();
    const members = this.#byNumber.slots;
    const logs = new Float64Array(members.length + 1);
    for (let m = 0; m < members.length; m++)
      logs[m] = ln(memberWeight(m, members.length)) + this.#table.logOn(members[m]!, points, 0, axes);
    logs[members.length] = this.#priorLog(points, 0, axes);
    const top = logs.reduce((a, b) => Math.max(a, b));
    return logs.map((log) => exp(log - top));
  }

  /** Draws one point: writes a place in [0, 1] or a choice for each axis. `weights`: other ones than the kernels' own. */
  sample(stream: RandomStream, out: Float64Array, weights: Float64Array | null = null): void {
    this.#fit();
    const slot = weights === null ? this.#pickMember(stream.float()) : this.#pickBy(weights, stream.float());
    const width = this.#axes.length;
    for (const [d, axis] of this.#axes.entries()) {
      const u = stream.float();
      if (axis.type === "choice")
        out[d] = this.#sampleChoice(u, axis.size, slot === null ? null : this.#table.values[slot * width + d]!);
      else if (slot === null) out[d] = truncatedNormal(u, 0.5, 1);
      else out[d] = truncatedNormal(u, this.#table.values[slot * width + d]!, this.#table.inverse[slot * width + d]!);
    }
  }

  #sampleChoice(u: number, size: number, own: number | null): number {
    if (own === null) return Math.min(size - 1, Math.floor(u * size));
    const kernels = this.size + 1;
    const each = 1 / (size + kernels);
    // All choices share size * each; what is left goes to the member's own.
    return u < size * each ? Math.min(size - 1, Math.floor(u / each)) : own;
  }

  /** The slot of a member drawn by weight, or null for the prior. */
  #pickMember(u: number): number | null {
    const members = this.#byNumber.slots;
    let total = 1;
    for (let m = 0; m < members.length; m++) total += memberWeight(m, members.length);
    let rest = u * total;
    for (let m = 0; m < members.length; m++) {
      rest -= memberWeight(m, members.length);
      if (rest < 0) return members[m]!;
    }
    return null;
  }

  #pickBy(weights: Float64Array, u: number): number | null {
    const members = this.#byNumber.slots;
    let rest = u * weights.reduce((sum, weight) => sum + weight, 0);
    for (let m = 0; m < members.length; m++) {
      rest -= weights[m]!;
      if (rest < 0) return members[m]!;
    }
    return null;
  }

  /** The prior: a normal kernel over the middle with the range as bandwidth, and all choices alike. */
  #priorLog(points: ParzenPoints, c: number, axes: readonly number[]): number {
    const width = this.#axes.length;
    let log = 0;
    for (const d of axes) {
      const axis = this.#axes[d]!;
      const at = c * width + d;
      if (axis.type === "choice") log -= ln(axis.size);
      else if (axis.type === "cells")
        log += ln(normalMass(points.lower[at]! - 0.5, points.upper[at]! - 0.5)) - PRIOR_LOG_MASS;
      else log -= 0.5 * (points.values[at]! - 0.5) * (points.values[at]! - 0.5) + LOG_SQRT_TWO_PI + PRIOR_LOG_MASS;
    }
    return log;
  }

  /** Brings every kernel up to date with its neighbours; those whose bandwidth stays are left alone. */
  #fit(): void {
    if (this.#fitted) return;
    this.#fitted = true;
    this.#table.setCount(this.size);
    for (const d of this.#numeric) this.#fitAxis(d, this.#byValue[d]!.slots);
    for (const slot of this.#byNumber.slots) this.#table.setBase(slot);
  }

  #fitAxis(d: number, slots: Int32Array): void {
    const { values, width } = this.#table;
    const cells = this.#axes[d]!.type === "cells";
    const narrowest = this.#floor(this.size);
    const last = slots.length - 1;
    let before = 0;
    for (let i = 0; i <= last; i++) {
      const at = slots[i]! * width + d;
      const value = values[at]!;
      const after = i === last ? 1 : values[slots[i + 1]! * width + d]!;
      // The outermost of several look inwards only.
      const left = i === 0 && last > 0 ? 0 : value - before;
      const right = i === last && last > 0 ? 0 : after - value;
      this.#table.setBandwidth(at, Math.min(1, Math.max(narrowest, left, right)), cells);
      before = value;
    }
  }

  #grow(): void {
    this.#capacity = Math.max(32, 2 * this.#capacity);
    const numbers = new Float64Array(this.#capacity);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    this.#table.grow(this.#capacity);
  }
}

const PRIOR_LOG_MASS = ln(normalMass(-0.5, 0.5));

/** Weight of the m-th oldest of n members: a ramp from 1/n to 1, then 1 for the newest 25. */
function memberWeight(m: number, n: number): number {
  const ramp = n - FULL_WEIGHT;
  if (m >= ramp) return 1;
  return ramp === 1 ? 1 / n : 1 / n + (m * (1 - 1 / n)) / (ramp - 1);
}

/** The place in [0, 1] below which a share u of the normal kernel lies. */
function truncatedNormal(u: number, mean: number, inverse: number): number {
  const low = normalCdf(-mean * inverse);
  const high = normalCdf((1 - mean) * inverse);
  const x = mean + normalQuantile(low + u * (high - low)) / inverse;
  return Math.min(1, Math.max(0, x));
}
