import type { HistoryView } from "../../trial/history-view.ts";
import type { Judging } from "../result-reader.ts";

/** What the rows of a view say about each trial (its last row counts), kept from view to view. */
export interface Ranking {
  /** Trials with a row. */
  readonly size: number;
  has(trial: number): boolean;
  /** The row that counts for a trial. */
  row(trial: number): number;
  /**
   * Reads what is new. Answers the trials of which another row counts now, or null when the view does not go on from the last one, or what trials
   * are judged by has changed: another instance is then to read all.
   */
  read(view: HistoryView, judging: Judging): readonly number[] | null;
  /** Numbers of the good trials, in number order. */
  good(): readonly number[];
}
