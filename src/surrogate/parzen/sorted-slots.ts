import { sortSlots } from "./sort-slots.ts";

/** Slots in ascending order of a key, ties by a second key, kept in order as slots come and go. */
export class SortedSlots {
  #slots = new Int32Array(16);
  #size = 0;
  readonly #key: (slot: number) => number;
  readonly #tie: (slot: number) => number;

  /** Keys are at least 0; no two slots may have both alike, or the order of equals would depend on their coming. */
  constructor(key: (slot: number) => number, tie: (slot: number) => number = key) {
    this.#key = key;
    this.#tie = tie;
  }

  get size(): number {
    return this.#size;
  }

  /** The slots in order; a view that the next change makes stale. */
  get slots(): Int32Array {
    return this.#slots.subarray(0, this.#size);
  }

  /** Answers the slot's place. */
  add(slot: number): number {
    if (this.#size === this.#slots.length) this.#grow(this.#size + 1);
    const place = this.#place(slot);
    this.#slots.copyWithin(place + 1, place, this.#size);
    this.#slots[place] = slot;
    this.#size++;
    return place;
  }

  /** Holds these slots instead, which are in the order of the second key. */
  replace(slots: ArrayLike<number>): void {
    const count = slots.length;
    if (count > this.#slots.length) this.#grow(count + (count >> 3));
    this.#size = count;
    const held = this.slots;
    held.set(slots);
    const keys = new Float64Array(count);
    // Adding 0 makes a 0 of a negative one, whose bits are larger than any.
    for (let i = 0; i < count; i++) keys[i] = this.#key(held[i]!) + 0;
    sortSlots(held, keys);
  }

  /** Answers the place it had. */
  remove(slot: number): number {
    const place = this.#place(slot);
    this.#slots.copyWithin(place, place + 1, this.#size);
    this.#size--;
    return place;
  }

  /** First place whose slot is not before the given one. */
  #place(slot: number): number {
    const key = this.#key(slot);
    const tie = this.#tie(slot);
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#slots[middle]!;
      const difference = this.#key(other) - key || this.#tie(other) - tie;
      if (difference < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(size: number): void {
    const larger = new Int32Array(Math.max(size, 2 * this.#slots.length));
    larger.set(this.#slots);
    this.#slots = larger;
  }
}
