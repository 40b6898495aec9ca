import { trialAt } from "../evolve/trial-at.ts";
import type { TrialRecord } from "../evolve/trial-record.ts";
import type { HistoryColumns, HistoryDelta, HistoryView, PendingTrial } from "../history-view.ts";
import type { Trial } from "../trial.ts";
import type { TrialReports } from "../trial-reports.ts";
import type { LazyDelta } from "./lazy-delta.ts";
import { ReportsAt } from "./reports-at.ts";

/** What a view is made of. */
export interface ViewParts {
  readonly revision: number;
  readonly columns: HistoryColumns;
  makePending(): readonly PendingTrial[];
  makePaused(): readonly number[];
  /** Of each row 1 where the space in force does not contain its configuration; null where there is none of these. */
  readonly outside: Uint8Array | null;
  makeRows(): Int32Array;
  recordOf(number: number): TrialRecord | undefined;
  /** True where the rows outside of the space are left out. */
  readonly leftOut: boolean;
  /** Tells what changed between revisions; the same object for all views that have a past in common, null where there are no others. */
  readonly history: { delta(from: number, to: number): LazyDelta } | null;
}

/** A HistoryView; rows and lists of trials are made when first asked for. */
export class ViewAt implements HistoryView {
  readonly #parts: ViewParts;
  #rows: Int32Array | null = null;
  #pending: readonly PendingTrial[] | null = null;
  #paused: readonly number[] | null = null;
  /** The trial that was asked for last: reports that came together are judged one after the other, each time with a look at it. */
  #trial: { readonly number: number; readonly trial: Trial | undefined } | null = null;
  #reports: { readonly number: number; readonly reports: TrialReports | undefined } | null = null;

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
    this.#pending ??= this.#parts.makePending();
    return this.#pending;
  }

  get paused(): readonly number[] {
    this.#paused ??= this.#parts.makePaused();
    return this.#paused;
  }

  get rows(): Int32Array {
    this.#rows ??= this.#parts.makeRows();
    return this.#rows;
  }

  trial(number: number): Trial | undefined {
    if (this.#trial?.number !== number) {
      const record = this.#parts.recordOf(number);
      this.#trial = { number, trial: record === undefined ? undefined : trialAt(record, this.revision) };
    }
    return this.#trial.trial;
  }

  reports(number: number): TrialReports | undefined {
    if (this.#reports?.number !== number) this.#reports = { number, reports: this.#reportsOf(number) };
    return this.#reports.reports;
  }

  #reportsOf(number: number): TrialReports | undefined {
    const record = this.#parts.recordOf(number);
    if (record === undefined || record.proposedRevision > this.revision) return undefined;
    const { reports } = record;
    return new ReportsAt(reports, reports.lengthAt(this.revision));
  }

  withinSpace(): HistoryView {
    const { outside, leftOut } = this.#parts;
    if (outside === null || leftOut) return this;
    const makeRows = (): Int32Array => this.rows.filter((row) => outside[row] === 0);
    return new ViewAt({ ...this.#parts, ...this.#same, leftOut: true, makeRows });
  }

  withPending(more: readonly PendingTrial[]): HistoryView {
    if (more.length === 0) return this;
    const numbers = new Set(more.map((trial) => trial.number));
    const kept = this.pending.filter((trial) => !numbers.has(trial.number));
    const pending = [...kept, ...more].sort((a, b) => a.number - b.number);
    return new ViewAt({ ...this.#parts, ...this.#same, makePending: () => pending });
  }

  /** What another view of the same moment has from this one, made once for both. */
  get #same(): Pick<ViewParts, "makePending" | "makePaused" | "makeRows"> {
    return { makePending: () => this.pending, makePaused: () => this.paused, makeRows: () => this.rows };
  }

  since(earlier: HistoryView): HistoryDelta | null {
    if (!(earlier instanceof ViewAt)) return null;
    const { history, leftOut, outside, revision } = this.#parts;
    const before = earlier.#parts;
    if (history === null || before.history !== history || before.revision > revision) return null;
    // Where there is nothing outside, a view and the one within the space are the same.
    if (before.leftOut !== leftOut && before.outside !== null && outside !== null) return null;
    const delta = history.delta(before.revision, revision);
    return leftOut && outside !== null ? delta.only((row) => outside[row] === 0) : delta;
  }
}
