import type { HistoryView } from "../history-view.ts";

const NO_ROWS = new Int32Array(0);

/** Reads the rows of one view after another, each once while views go on from the ones before. For samplers and schedulers that keep what rows said. */
export class RowReader {
  #before: HistoryView | null = null;

  /**
   * The rows that the view has beside those of the view read last, in order: all at first. Null where it lacks some of those or their
   * meaning has changed: what was kept of them is of no use, nor is this reader but to `follow`.
   */
  read(view: HistoryView): Int32Array | null {
    const before = this.#before;
    if (before === view) return NO_ROWS;
    const fresh = before === null ? view.rows : freshRows(before, view);
    if (fresh !== null) this.#before = view;
    return fresh;
  }

  /** The same, but that where the view does not go on from those before `begin` is called, to drop what was kept of them, and all rows are new. */
  follow(view: HistoryView, begin: () => void): Int32Array {
    const fresh = this.read(view);
    if (fresh !== null) return fresh;
    begin();
    this.#before = view;
    return view.rows;
  }
}

function freshRows(before: HistoryView, view: HistoryView): Int32Array | null {
  const delta = view.since(before);
  if (delta === null) return beginsWith(view, before) ? view.rows.subarray(before.rows.length) : null;
  return delta.respaced || delta.hidden.length > 0 || delta.restored.length > 0 ? null : delta.added;
}

/** True when the view begins with the rows of another one, of whatever history. */
function beginsWith(view: HistoryView, other: HistoryView): boolean {
  if (view.rows.length < other.rows.length) return false;
  const same = (name: "trial" | "revision", row: number): boolean =>
    view.columns[name][row] === other.columns[name][row];
  return other.rows.every((row, place) => view.rows[place] === row && same("trial", row) && same("revision", row));
}
