import { placeInSorted } from "../numeric/place-in-sorted.ts";
import type { Limit } from "./limit.ts";
import { type Excesses, spreadOf } from "./limit-standing.ts";

/** How far apart differences of limits' comparisons lie over results that come and go: what `limitStandings` goes by, of those that are there. */
export class GrowingSpreads {
  /** Of each comparison of each limit the finite differences, ascending. */
  readonly #sorted: number[][][];
  #spreads: readonly (readonly number[])[] | null = null;

  constructor(limits: readonly Limit[], all: Iterable<Excesses> = []) {
    this.#sorted = limits.map(() => []);
    for (const excesses of all) this.#each(excesses, (sorted, excess) => sorted.push(excess));
    for (const own of this.#sorted) for (const sorted of own) sorted.sort((a, b) => a - b);
  }

  /** Of each comparison of each limit that anything came of. */
  get spreads(): readonly (readonly number[])[] {
    this.#spreads ??= this.#sorted.map((own) => own.map(spreadOf));
    return this.#spreads;
  }

  add(excesses: Excesses): void {
    this.#each(excesses, (sorted, excess) => sorted.splice(placeInSorted(sorted, excess), 0, excess));
  }

  /** Takes out what was added. */
  delete(excesses: Excesses): void {
    this.#each(excesses, (sorted, excess) => sorted.splice(placeInSorted(sorted, excess), 1));
  }

  #each(excesses: Excesses, change: (sorted: number[], excess: number) => void): void {
    this.#spreads = null;
    for (const [k, own] of excesses.entries())
      for (const [place, excess] of own.entries()) {
        this.#sorted[k]![place] ??= [];
        if (Number.isFinite(excess)) change(this.#sorted[k]![place], excess);
      }
  }
}
