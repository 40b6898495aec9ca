import type { Params } from "../space/json.ts";
import type { Trial, TrialState } from "./trial.ts";
import type { TrialReports } from "./trial-reports.ts";

/** Code of a trial state in {@link HistoryColumns.state}: its place in this list. */
export const STATE_CODES: readonly TrialState[] = ["waiting", "running", "paused", "complete", "pruned", "failed"];

/**
 * One row per segment's end and per rung that was passed, in finish order; all columns have the same length, of which a view uses the first `length`.
 * Numbers only, so that threads can share them.
 */
export interface HistoryColumns {
  readonly trial: Int32Array;
  /** See Trial; the trial's own number in rows before its end. */
  readonly configuration: Int32Array;
  /** Place among its configuration's replicates, -1 where it is none. */
  readonly replicate: Int32Array;
  /** Of the replicate's own seed and fold; NaN where it has none. */
  readonly seed: Float64Array;
  readonly fold: Float64Array;
  readonly segment: Int32Array;
  /** See STATE_CODES. */
  readonly state: Uint8Array;
  /** Place of the outcome in OUTCOMES (trial.ts). */
  readonly outcome: Uint8Array;
  /** Revision at which the row came to be. */
  readonly revision: Float64Array;
  /** Step of the last report that the row takes in, else the one the trial was run up to, NaN where none. */
  readonly step: Float64Array;
  /** How many of its trial's reports the row and those before it take in. */
  readonly reports: Int32Array;
  /** By name of each objective, and of the other metrics that the study's limits look at; NaN where there is no value. */
  readonly values: Readonly<Record<string, Float64Array>>;
  /** By parameter name, as the trial counts in the space in force: the number itself; for categorical, ordinal and boolean the index of the choice; NaN where inactive. */
  readonly params: Readonly<Record<string, Float64Array>>;
}

export interface PendingTrial {
  readonly number: number;
  readonly params: Params;
}

/**
 * The history as of one revision. Invalid trials at that revision are hidden: their rows are not in `rows`, they are not pending.
 * Reading a view costs nothing per trial already finished; `rows` is made once per view when asked for.
 *
 * @experimental
 */
export interface HistoryView {
  readonly revision: number;
  readonly columns: HistoryColumns;
  /** Indices of the visible rows, in finish order. */
  readonly rows: Int32Array;
  /**
   * Waiting or running at this revision, in number order, earlier members of the batch included. A running one that has passed a rung, or
   * was paused before, has rows besides.
   */
  readonly pending: readonly PendingTrial[];
  /** Numbers of the trials paused at this revision, ascending: their last rows tell how far they came. */
  readonly paused: readonly number[];
  /** The record of a trial as it stood at this revision. */
  trial(number: number): Trial | undefined;
  /** Its reports as the log had them at this revision, for whoever looks at very many of them. */
  reports(number: number): TrialReports | undefined;
  /**
   * The same view without the rows whose configuration the space in force does not contain (it was narrowed since): what samplers
   * learn from.
   */
  withinSpace(): HistoryView;
  /** The same view with more trials pending: the earlier members of a batch. */
  withPending(more: readonly PendingTrial[]): HistoryView;
  /**
   * What is otherwise here than in an earlier view, for whoever kept what that one said; null where that is no earlier view of the
   * same history, so that all is to be read. Which trials it is made of does not matter: those that lie within the space, or all.
   */
  since(earlier: HistoryView): HistoryDelta | null;
}

/**
 * What changed between two revisions, by row index or trial number, numbers ascending. No longer pending are the trials of `added`
 * that have ended or are paused, and the hidden ones.
 *
 * @experimental
 */
export interface HistoryDelta {
  /** Rows that came to be in between and are visible at the later one. */
  readonly added: Int32Array;
  /** Trials there before that something was written of in between, hidden ones among them. */
  readonly changed: readonly number[];
  /** Trials there before whose visibility is another now. */
  readonly hidden: readonly number[];
  readonly restored: readonly number[];
  /** True when the space changed, so that every encoded row may have, and what a pending trial counts as. */
  readonly respaced: boolean;
  /** Trials that are pending and were not. */
  readonly pending: readonly number[];
  /** Trials of which an attempt began. */
  readonly started: readonly number[];
  /** Trials with more reports: those from number `first` on, up to before `next`. */
  readonly reported: readonly { readonly trial: number; readonly first: number; readonly next: number }[];
}
