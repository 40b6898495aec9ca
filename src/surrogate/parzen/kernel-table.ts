import { ln } from "../../numeric/special/ln.ts";
import { normalMass } from "../../numeric/special/normal-cdf.ts";
import { KernelArray } from "./kernel-array.ts";
import type { ParzenKernel } from "./parzen-kernel.ts";
import type { ChangedPlaces, ParzenMembers } from "./parzen-members.ts";
import type { ParzenPoints } from "./parzen-points.ts";

/** A term below exp(-37.5) of a sum is less than half of its last bit: kernels so far below the prior's are left out. */
const NO_TERM = 37.5;
/** Masses of cells that are remembered for each point and axis: at least and at most. */
const LEAST_MEMO = 8;
const MOST_MEMO = 256;

/** The kernels of members under one floor of the bandwidth, in the memory of the compiled kernel, which fits and sums them. */
export class KernelTable {
  readonly #members: ParzenMembers;
  readonly #kernel: ParzenKernel;
  readonly #width: number;
  /** By slot and axis: 1 / bandwidth. */
  readonly #inverse: KernelArray;
  /** By slot and axis: what the kernel's norm adds to the log density. */
  readonly #norms: KernelArray;
  /** By slot: the sum of the norms. */
  readonly #bases: KernelArray;
  /** Byte pointers: how many axes there are of each type, and which; by axis the log probabilities of a choice. */
  readonly #axes: number;
  readonly #chances: number;
  readonly #cells: readonly number[];
  readonly #changed: ChangedPlaces;
  #floor = Number.NaN;
  #size = -1;

  constructor(members: ParzenMembers) {
    const { axes, kernel } = members;
    this.#members = members;
    this.#kernel = kernel;
    this.#width = axes.length;
    this.#inverse = new KernelArray(kernel);
    this.#norms = new KernelArray(kernel);
    this.#bases = new KernelArray(kernel);
    const ofType = (type: string) => [...axes.keys()].filter((d) => axes[d]!.type === type);
    const lists = [ofType("continuous"), ofType("cells"), ofType("choice")];
    this.#cells = lists[1]!;
    const words = [...lists.map((list) => list.length), ...lists.flat()];
    this.#axes = kernel.alloc(4 * words.length);
    kernel.ints(this.#axes, words.length).set(words);
    this.#chances = kernel.alloc(16 * axes.length);
    this.#changed = members.follow();
  }

  /** Brings every kernel up to date with its neighbours, none narrower than `floor`; those whose bandwidth stays are left alone. */
  fit(floor: number): void {
    const changed = this.#changed;
    const { size } = this.#members;
    this.#reserve();
    if (size !== this.#size) this.#setChances();
    if (floor !== this.#floor || changed.all) this.#fitAll(floor);
    else if (changed.places.length > 0) this.#fitSome(changed.places, floor);
    this.#floor = floor;
    this.#size = size;
    changed.places.length = 0;
    changed.renewed.length = 0;
    changed.all = false;
  }

  /** Adds the kernels to the densities whose logs are in `logs`: there the prior's, which weighs 1. */
  addTo(points: ParzenPoints, logs: Float64Array): void {
    const { order, values } = this.#members;
    const members = order.length;
    const kernel = this.#kernel;
    const width = this.#width;
    const count = logs.length;
    const stride = 4 * Math.ceil(count / 4);
    const mask = memoSize(members, this.#cells.length) - 1;
    const memo = 3 * stride * this.#cells.length * (mask + 1);
    const block = 8 * width * stride;
    const begin = kernel.scratch(3 * block + 24 * stride + 8 * memo + 4 * members);
    const [lower, upper, top] = [begin + block, begin + 2 * block, begin + 3 * block];
    const [sum, floor, masses] = [top + 8 * stride, top + 16 * stride, top + 24 * stride];
    const slots = masses + 8 * memo;
    kernel.ints(slots, members).set(order);
    kernel.floats(masses, memo).fill(Number.NaN);
    this.#turn(points.values, begin, stride);
    if (this.#cells.length > 0) this.#turn(points.lower, lower, stride);
    if (this.#cells.length > 0) this.#turn(points.upper, upper, stride);
    const tops = kernel.floats(top, stride);
    tops.set(logs);
    const sums = kernel.floats(sum, stride).fill(1);
    // Points that only fill the last four up have a floor that nothing reaches.
    const floors = kernel.floats(floor, stride).fill(Number.POSITIVE_INFINITY);
    for (let c = 0; c < count; c++) floors[c] = logs[c]! - NO_TERM;
    const total = kernel.run.addKernels(
      this.#axes,
      width,
      values.pointer,
      this.#inverse.pointer,
      this.#bases.pointer,
      slots,
      members,
      this.#chances,
      begin,
      lower,
      upper,
      stride,
      top,
      sum,
      floor,
      masses,
      mask,
    );
    for (let c = 0; c < count; c++) logs[c] = tops[c]! + ln(sums[c]! / total);
  }

  /** Log density of a slot's kernel at the first of the points, over some of the axes alone. */
  logOn(slot: number, points: ParzenPoints, axes: readonly number[]): number {
    const own = slot * this.#width;
    const values = this.#members.values.view;
    const [inverse, norms] = [this.#inverse.view, this.#norms.view];
    const chances = this.#kernel.floats(this.#chances, 2 * this.#width);
    let log = 0;
    for (const d of axes) {
      const mean = values[own + d]!;
      if (this.#members.axes[d]!.type === "choice") {
        log += chances[2 * d + (mean === points.values[d] ? 0 : 1)]!;
        continue;
      }
      const place = (value: number): number => (value - mean) * inverse[own + d]!;
      log += norms[own + d]!;
      if (points.cells[d] === 1) log += ln(normalMass(place(points.lower[d]!), place(points.upper[d]!)));
      else log -= 0.5 * place(points.values[d]!) * place(points.values[d]!);
    }
    return log;
  }

  /** A draw of a slot's kernel, or of the prior's, on one numeric axis: below it lies a share u. */
  sample(u: number, slot: number | null, d: number): number {
    const { truncatedNormal } = this.#kernel.run;
    if (slot === null) return truncatedNormal(u, 0.5, 1);
    const at = slot * this.#width + d;
    return truncatedNormal(u, this.#members.values.view[at]!, this.#inverse.view[at]!);
  }

  /** By axis and point what stands by point and axis. */
  #turn(from: Float64Array, pointer: number, stride: number): void {
    const width = this.#width;
    const to = this.#kernel.floats(pointer, width * stride);
    const count = from.length / width;
    for (let c = 0; c < count; c++) for (let d = 0; d < width; d++) to[d * stride + c] = from[c * width + d]!;
  }

  #fitAll(floor: number): void {
    this.#forget();
    const { values, gaps, slots } = this.#members;
    const [inverse, norms, bases] = [this.#inverse, this.#norms, this.#bases];
    const tables = [values.pointer, gaps.pointer, inverse.pointer, norms.pointer, bases.pointer] as const;
    this.#kernel.run.fitAll(this.#axes, this.#width, ...tables, slots, floor);
  }

  #fitSome(changed: readonly number[], floor: number): void {
    const count = changed.length;
    const places = this.#kernel.scratch(8 * count);
    const kinds = places + 4 * count;
    this.#kernel.ints(places, count).set(changed);
    const cells = this.#kernel.ints(kinds, count);
    for (let i = 0; i < count; i++) cells[i] = this.#members.axes[changed[i]! % this.#width]!.type === "cells" ? 1 : 0;
    this.#forget();
    const { values, gaps } = this.#members;
    const [inverse, norms, bases] = [this.#inverse, this.#norms, this.#bases];
    const tables = [values.pointer, gaps.pointer, inverse.pointer, norms.pointer, bases.pointer] as const;
    this.#kernel.run.fitSome(this.#axes, this.#width, ...tables, places, kinds, count, floor);
  }

  /** A kernel is left alone when its bandwidth stays: not one of another member. */
  #forget(): void {
    const inverse = this.#inverse.view;
    if (this.#changed.all) inverse.fill(Number.NaN);
    else for (const at of this.#changed.renewed) inverse[at] = Number.NaN;
  }

  #setChances(): void {
    const { axes, size } = this.#members;
    const chances = this.#kernel.floats(this.#chances, 2 * axes.length);
    for (const [d, axis] of axes.entries()) {
      if (axis.type !== "choice") continue;
      const all = axis.size + size + 1;
      chances[2 * d] = ln((size + 2) / all);
      chances[2 * d + 1] = -ln(all);
    }
  }

  #reserve(): void {
    const { capacity } = this.#members;
    if (this.#bases.length >= capacity) return;
    this.#inverse.grow(capacity * this.#width);
    this.#norms.grow(capacity * this.#width);
    this.#bases.grow(capacity);
  }
}

function memoSize(members: number, cells: number): number {
  if (cells === 0) return 1;
  let size = LEAST_MEMO;
  while (size < MOST_MEMO && 16 * size < members) size *= 2;
  return size;
}
