import { RowReader } from "../../trial/history/row-reader.ts";
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
  readonly #reader = new RowReader();
  #from = 0n;

  constructor(cells: GridCells) {
    this.#cells = cells;
  }

  seen(view: HistoryView): SeenCells {
    for (const row of this.#reader.follow(view, () => this.#begin())) {
      const index = this.#cells.indexOf((name) => view.columns.params[name]?.[row] ?? Number.NaN);
      if (index !== null) this.#finished.add(index);
    }
    while (this.#finished.has(this.#from)) this.#from++;
    const pending = new Set<bigint>();
    for (const { params } of view.pending) {
      const index = this.#cells.indexOfParams(params);
      if (index !== null) pending.add(index);
    }
    return { finished: this.#finished, pending, from: this.#from };
  }

  #begin(): void {
    this.#finished = new Set();
    this.#from = 0n;
  }
}
