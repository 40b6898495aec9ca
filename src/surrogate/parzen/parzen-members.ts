import { KernelArray } from "./kernel-array.ts";
import type { ParzenAxis } from "./parzen-axis.ts";
import type { ParzenKernel } from "./parzen-kernel.ts";
import { SortedSlots } from "./sorted-slots.ts";

/**
 * Where gaps changed: places of the table by slot and axis, in `renewed` those of slots that have another member than before; `all`
 * when they are too many to tell.
 */
export interface ChangedPlaces {
  readonly places: number[];
  readonly renewed: number[];
  all: boolean;
}

/**
 * The observations that densities are made of, by number, with their neighbours on each numeric axis. Gaps depend on the neighbours
 * alone, so that members that came and went leave nothing behind.
 */
export class ParzenMembers {
  readonly axes: readonly ParzenAxis[];
  readonly kernel: ParzenKernel;
  /** By slot and axis: the place in [0, 1], or the choice. */
  readonly values: KernelArray;
  /** By slot and numeric axis: the larger of the gaps to the neighbours. */
  readonly gaps: KernelArray;
  readonly #slotOf = new Map<number, number>();
  readonly #free: number[] = [];
  /** Observation numbers by slot. */
  #numbers = new Float64Array(0);
  readonly #byNumber = new SortedSlots((slot) => this.#numbers[slot]!);
  readonly #byValue: readonly (SortedSlots | null)[];
  readonly #followers: ChangedPlaces[] = [];

  constructor(axes: readonly ParzenAxis[], kernel: ParzenKernel) {
    this.axes = axes;
    this.kernel = kernel;
    const width = axes.length;
    const values = new KernelArray(kernel);
    this.values = values;
    this.gaps = new KernelArray(kernel);
    this.#byValue = axes.map((axis, d) => {
      if (axis.type === "choice") return null;
      return new SortedSlots(
        (slot) => values.view[slot * width + d]!,
        (slot) => this.#numbers[slot]!,
      );
    });
  }

  get size(): number {
    return this.#slotOf.size;
  }

  /** Slots below it have been used. */
  get slots(): number {
    return this.#slotOf.size + this.#free.length;
  }

  get capacity(): number {
    return this.#numbers.length;
  }

  /** The members' slots by number, the smallest first; a view that the next change makes stale. */
  get order(): Int32Array {
    return this.#byNumber.slots;
  }

  has(number: number): boolean {
    return this.#slotOf.has(number);
  }

  /** True when the member has exactly these values. */
  holds(number: number, values: ArrayLike<number>): boolean {
    const slot = this.#slotOf.get(number);
    if (slot === undefined) return false;
    const own = slot * this.axes.length;
    const held = this.values.view;
    for (let d = 0; d < this.axes.length; d++) if (held[own + d] !== values[d]) return false;
    return true;
  }

  /** From now on told what changes. */
  follow(): ChangedPlaces {
    const changed = { places: [], renewed: [], all: true };
    this.#followers.push(changed);
    return changed;
  }

  /** Adds observations by number, none of which may be a member; `values` has a place in [0, 1] or a choice by number and axis. */
  addAll(numbers: ArrayLike<number>, values: ArrayLike<number>): void {
    const count = numbers.length;
    const few = count * count < 4 * this.size + 64;
    this.#reserve(this.size + count);
    const added: number[] = [];
    for (let i = 0; i < count; i++) {
      const slot = this.#put(numbers[i]!, values, i * this.axes.length);
      if (few) this.#place(slot);
      else added.push(slot);
    }
    if (!few) this.#placeAll(added);
  }

  /** Takes a member out; does nothing when it is none. */
  remove(number: number): void {
    const slot = this.#slotOf.get(number);
    if (slot === undefined) return;
    this.#byNumber.remove(slot);
    for (const [d, sorted] of this.#byValue.entries()) {
      if (sorted === null) continue;
      const place = sorted.remove(slot);
      this.#measure(d, sorted, place - 1, place);
    }
    this.#slotOf.delete(number);
    this.#free.push(slot);
  }

  #put(number: number, values: ArrayLike<number>, from: number): number {
    const width = this.axes.length;
    const slot = this.#free.pop() ?? this.#slotOf.size;
    this.#slotOf.set(number, slot);
    this.#numbers[slot] = number;
    const held = this.values.view;
    for (let d = 0; d < width; d++) held[slot * width + d] = values[from + d]!;
    // No gap that was measured, so that each is told as a change.
    const gaps = this.gaps.view;
    for (let d = 0; d < width; d++) gaps[slot * width + d] = Number.NaN;
    return slot;
  }

  #place(slot: number): void {
    this.#byNumber.add(slot);
    for (const [d, sorted] of this.#byValue.entries()) {
      if (sorted === null) continue;
      const place = sorted.add(slot);
      this.#measure(d, sorted, place - 1, place + 1);
    }
  }

  /** Cheaper than one by one from about the square root of the size on. */
  #placeAll(added: readonly number[]): void {
    const all = new Int32Array(this.size);
    all.set(this.order);
    all.set(added, this.order.length);
    this.#byNumber.replace(all);
    for (const changed of this.#followers) changed.all = true;
    for (const [d, sorted] of this.#byValue.entries()) {
      if (sorted === null) continue;
      sorted.replace(this.order);
      this.#measure(d, sorted, 0, sorted.size - 1);
    }
  }

  /** Sets the gaps of the members at these places of an axis. */
  #measure(d: number, sorted: SortedSlots, from: number, to: number): void {
    const { slots } = sorted;
    const width = this.axes.length;
    const values = this.values.view;
    const gaps = this.gaps.view;
    const told = this.#followers.some((changed) => !changed.all);
    const last = slots.length - 1;
    const first = Math.max(0, from);
    const valueAt = (place: number): number => values[slots[place]! * width + d]!;
    let before = first > 0 ? valueAt(first - 1) : 0;
    let value = valueAt(first);
    for (let i = first; i <= Math.min(to, last); i++) {
      const at = slots[i]! * width + d;
      const after = i < last ? valueAt(i + 1) : 1;
      // The outermost of several look inwards only.
      const left = i === 0 && last > 0 ? 0 : value - before;
      const right = i === last && last > 0 ? 0 : after - value;
      const gap = Math.max(left, right);
      if (gaps[at] !== gap) {
        if (told) this.#tell(at, Number.isNaN(gaps[at]));
        gaps[at] = gap;
      }
      before = value;
      value = after;
    }
  }

  #tell(at: number, renewed: boolean): void {
    for (const changed of this.#followers) {
      if (changed.all) continue;
      changed.places.push(at);
      if (renewed) changed.renewed.push(at);
      changed.all = changed.places.length > 64 + this.size * this.axes.length;
    }
  }

  #reserve(members: number): void {
    if (members <= this.#numbers.length) return;
    // Room for those to come, too: after many at once the next few shall not move all of them.
    const capacity = Math.max(32, 2 * this.#numbers.length, members + (members >> 3));
    const numbers = new Float64Array(capacity);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    this.values.grow(capacity * this.axes.length);
    this.gaps.grow(capacity * this.axes.length);
  }
}
