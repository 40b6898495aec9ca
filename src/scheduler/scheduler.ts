import type { HistoryView } from "../trial/history-view.ts";
import type { Report, Trial } from "../trial/trial.ts";

/**
 * What to do with a trial after a report, and why in words.
 *
 * @experimental
 */
export type ReportDecision =
  | { readonly action: "continue" }
  | { readonly action: "stop" | "pause"; readonly reason: string };

/**
 * What a free worker should do next.
 *
 * @experimental
 */
export type NextDecision =
  | { readonly action: "start-new"; readonly until: number | null }
  | { readonly action: "resume"; readonly trial: number; readonly until: number | null; readonly reason: string }
  | { readonly action: "wait" };

/**
 * Decides how long trials run. Pure: sees one revision and nothing else (no clock, no storage). Decisions are committed by
 * compare-and-set; one that lost is asked again on the newer view.
 *
 * @experimental
 */
export interface Scheduler {
  readonly name: string;
  onReport(view: HistoryView, trial: Trial, report: Report): ReportDecision;
  next(view: HistoryView): NextDecision;
}
