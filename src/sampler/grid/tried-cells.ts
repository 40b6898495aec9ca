import type { HistoryView } from "../../trial/history-view.ts";
import type { GridCells } from "./grid-cells.ts";

/** Cells that need not be proposed again. */
export interface SeenCells {
  readonly finished: ReadonlySet<bigint>;
  readonly pending: ReadonlySet<bigint>;
  /** All cells before this one are in `finished`. */
  readonly from: bigint;
}

/** Finds the cells that a view has tried already. Rows read for an earlier view are read again only where they changed. */
export class TriedCells {
  readonly #cells: GridCells;
  #finished = new Set<bigint>();
  #rows = new Int32Array(0);
  #trials: number[] = [];
  #from = 0n;

  constructor(cells: GridCells) {
    this.#cells = cells;
  }

  seen(view: HistoryView): SeenCells {
    if (!this.#continues(view)) {
      this.#finished = new Set();
      this.#rows = new Int32Array(0);
      this.#trials = [];
      this.#from = 0n;
    }
    for (const row of view.rows.subarray(this.#rows.length)) {
      this.#trials.push(view.columns.trial[row]!);
      const index = this.#cells.indexOf((name) => view.columns.params[name]?.[row] ?? Number.NaN);
      if (index !== null) this.#finished.add(index);
    }
    this.#rows = view.rows.slice();
    while (this.#finished.has(this.#from)) this.#from++;
    const pending = new Set<bigint>();
    for (const { params } of view.pending) {
      const index = this.#cells.indexOfParams(params);
      if (index !== null) pending.add(index);
    }
    return { finished: this.#finished, pending, from: this.#from };
  }

  /** True when the view begins with the rows read so far. */
  #continues(view: HistoryView): boolean {
    if (view.rows.length < this.#rows.length) return false;
    return this.#rows.every((row, i) => view.rows[i] === row && view.columns.trial[row] === this.#trials[i]);
  }
}
