const FIRST_CAPACITY = 64;

/** The rows that are not hidden now, in order. Lists handed out stay as they are, and those of later moments share their numbers. */
export class VisibleRows {
  #rows = new Int32Array(FIRST_CAPACITY);
  #count = 0;

  /** The newest row; greater than all before. */
  add(row: number): void {
    if (this.#count === this.#rows.length) this.#widen();
    this.#rows[this.#count++] = row;
  }

  /** Takes rows out, or puts them in again. */
  change(rows: readonly number[], visible: boolean): void {
    if (rows.length === 0) return;
    const changed = new Set(rows);
    const kept = this.#rows.subarray(0, this.#count).filter((row) => !changed.has(row));
    const now = visible ? Int32Array.from([...kept, ...rows]).sort() : kept;
    this.#rows = new Int32Array(2 * Math.max(now.length, FIRST_CAPACITY));
    this.#rows.set(now);
    this.#count = now.length;
  }

  /** Those from `begin` on that are less than `end`. */
  between(begin: number, end: number): Int32Array {
    return this.#rows.subarray(this.#place(begin), this.#place(end));
  }

  /** How many are less than `row`. */
  #place(row: number): number {
    let low = 0;
    let high = this.#count;
    // Mostly it is the end that is asked for.
    if (high > 0 && this.#rows[high - 1]! < row) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rows[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #widen(): void {
    const wide = new Int32Array(2 * this.#rows.length);
    wide.set(this.#rows);
    this.#rows = wide;
  }
}
