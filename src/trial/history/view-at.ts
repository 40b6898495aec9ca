import { trialAt } from "../evolve/trial-at.ts";
import type { TrialRecord } from "../evolve/trial-record.ts";
import type { HistoryColumns, HistoryDelta, HistoryView, PendingTrial } from "../history-view.ts";
import type { Trial } from "../trial.ts";

/** What a view is made of. */
export interface ViewParts {
  readonly revision: number;
  readonly columns: HistoryColumns;
  readonly pending: readonly PendingTrial[];
  /** Of each row 1 where the space in force does not contain its configuration; null where there is none of these. */
  readonly outside: Uint8Array | null;
  makeRows(): Int32Array;
  recordOf(number: number): TrialRecord | undefined;
  since(revision: number): HistoryDelta;
}

/** A HistoryView; rows are made when first asked for. */
export class ViewAt implements HistoryView {
  readonly #parts: ViewParts;
  #rows: Int32Array | null = null;

  constructor(parts: ViewParts) {
    this.#parts = parts;
  }

  get revision(): number {
    return this.#parts.revision;
  }

  get columns(): HistoryColumns {
    return this.#parts.columns;
  }

  get pending(): readonly PendingTrial[] {
    return this.#parts.pending;
  }

  get rows(): Int32Array {
    this.#rows ??= this.#parts.makeRows();
    return this.#rows;
  }

  trial(number: number): Trial | undefined {
    const record = this.#parts.recordOf(number);
    return record === undefined ? undefined : trialAt(record, this.revision);
  }

  withinSpace(): HistoryView {
    const { outside, since } = this.#parts;
    if (outside === null) return this;
    const inside = (row: number): boolean => outside[row] === 0;
    return new ViewAt({
      ...this.#parts,
      outside: null,
      makeRows: () => this.rows.filter(inside),
      since: (revision) => {
        const delta = since(revision);
        return { ...delta, added: delta.added.filter(inside) };
      },
    });
  }

  withPending(more: readonly PendingTrial[]): HistoryView {
    if (more.length === 0) return this;
    const numbers = new Set(more.map((trial) => trial.number));
    const kept = this.pending.filter((trial) => !numbers.has(trial.number));
    const pending = [...kept, ...more].sort((a, b) => a.number - b.number);
    return new ViewAt({ ...this.#parts, pending, makeRows: () => this.rows });
  }

  since(revision: number): HistoryDelta {
    return this.#parts.since(revision);
  }
}
