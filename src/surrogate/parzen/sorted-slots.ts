/** Slots in ascending order of a key, ties by a second key, kept in order as slots come and go. */
export class SortedSlots {
  #slots = new Int32Array(16);
  #size = 0;
  readonly #less: (a: number, b: number) => number;

  /** `order` compares two slots; it must be total, or the order of equals would depend on their coming. */
  constructor(order: (a: number, b: number) => number) {
    this.#less = order;
  }

  get size(): number {
    return this.#size;
  }

  /** The slots in order; a view that the next change makes stale. */
  get slots(): Int32Array {
    return this.#slots.subarray(0, this.#size);
  }

  add(slot: number): void {
    if (this.#size === this.#slots.length) this.#grow(this.#size + 1);
    const place = this.#place(slot);
    this.#slots.copyWithin(place + 1, place, this.#size);
    this.#slots[place] = slot;
    this.#size++;
  }

  /** Adds many at once: cheaper than one by one from about the square root of the size on. */
  addAll(slots: readonly number[]): void {
    if (slots.length * slots.length < 4 * this.#size + 64) {
      for (const slot of slots) this.add(slot);
      return;
    }
    if (this.#size + slots.length > this.#slots.length) this.#grow(this.#size + slots.length);
    this.#slots.set(slots, this.#size);
    this.#size += slots.length;
    this.slots.sort(this.#less);
  }

  remove(slot: number): void {
    const place = this.#place(slot);
    this.#slots.copyWithin(place, place + 1, this.#size);
    this.#size--;
  }

  /** First place whose slot is not before the given one. */
  #place(slot: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#less(this.#slots[middle]!, slot) < 0) low = middle + 1;
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
