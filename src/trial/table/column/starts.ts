import { sameOf } from "./plain-columns.ts";
import type { Column } from "./read-column.ts";

/** Where the rows begin that belong to each row of another table, which says how many. */
export class Starts {
  readonly #counts: Column;
  readonly #rows: number;
  /** How many each row has, where all have as many. */
  readonly #each: number | undefined;
  #starts: Uint32Array | null = null;

  constructor(counts: Column, rows: number) {
    this.#counts = counts;
    this.#rows = rows;
    this.#each = sameOf(counts) as number | undefined;
  }

  count(row: number): number {
    return this.#each ?? (this.#counts.get(row) as number);
  }

  of(row: number): number {
    if (this.#each !== undefined) return row * this.#each;
    this.#starts ??= this.#sum();
    return this.#starts[row]!;
  }

  #sum(): Uint32Array {
    const starts = new Uint32Array(this.#rows);
    for (let row = 1; row < this.#rows; row++) starts[row] = starts[row - 1]! + this.count(row - 1);
    return starts;
  }
}
