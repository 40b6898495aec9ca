import type { ByteSource } from "./byte-source.ts";
import type { Column } from "./read-column.ts";

/** Whole numbers, each as far from the one before. */
export class ProgressionColumn implements Column {
  readonly #first: number;
  readonly #by: number;

  constructor(source: ByteSource) {
    this.#first = source.float64();
    this.#by = source.float64();
  }

  get(row: number): number {
    return this.#first + row * this.#by;
  }
}

/** Whole numbers that stay the same for many rows. */
export class RunColumn implements Column {
  readonly #view: DataView;
  readonly #start: number;
  readonly #runs: number;
  readonly #values: Column;
  /** That of the row asked for last: as a rule the next one is in it, or in the one behind it. */
  #run = 0;

  constructor(source: ByteSource, read: (source: ByteSource, rows: number) => Column) {
    this.#runs = source.uint32();
    this.#view = source.view;
    this.#start = source.at;
    this.#values = read(source.from(source.at + 4 * this.#runs), this.#runs);
  }

  get(row: number): number {
    if (!this.#holds(this.#run, row)) this.#run = this.#holds(this.#run + 1, row) ? this.#run + 1 : this.#find(row);
    return this.#values.get(this.#run) as number;
  }

  #holds(run: number, row: number): boolean {
    return run < this.#runs && this.#begin(run) <= row && (run + 1 === this.#runs || row < this.#begin(run + 1));
  }

  #begin(run: number): number {
    return this.#view.getUint32(this.#start + 4 * run, true);
  }

  #find(row: number): number {
    let [low, high] = [0, this.#runs];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#begin(middle) <= row) low = middle;
      else high = middle;
    }
    return low;
  }
}
