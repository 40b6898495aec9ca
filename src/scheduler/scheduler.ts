import type { Params, Space } from "../space/index.ts";
import type { HistoryView } from "../trial/history-view.ts";
import type { Report, Trial } from "../trial/trial.ts";

/**
 * What to do with a trial after a report, and why in words. `pass`: it has come to the end of a rung and runs on; what it told on the way
 * there becomes a row of the History.
 *
 * @experimental
 */
export type ReportDecision =
  | { readonly action: "continue" }
  | { readonly action: "stop" | "pause" | "pass"; readonly reason: string };

/**
 * What becomes of a trial whose program was given a step to run up to and has ended well: it is finished, or kept to be run on later.
 *
 * @experimental
 */
export type EndDecision = { readonly action: "finish" } | { readonly action: "pause"; readonly reason: string };

/**
 * What a free worker should do next. `until`: the step to run up to, null for the program's own end.
 *
 * @experimental
 */
export type NextDecision =
  | { readonly action: "start-new"; readonly until: number | null }
  | { readonly action: "resume"; readonly trial: number; readonly until: number | null; readonly reason: string }
  /**
   * Begin a trial of these parameters with the checkpoint that trial `of` kept at the end of a segment (null: at the beginning), in the place of
   * the paused trial `replaces`, which ends and no longer counts (null: of none).
   */
  | {
      readonly action: "branch";
      readonly of: { readonly trial: number; readonly segment: number } | null;
      readonly replaces: number | null;
      readonly params: Params;
      readonly until: number | null;
      readonly reason: string;
    }
  | { readonly action: "wait" };

/** What a scheduler may know of its study besides what a view tells. */
export interface SchedulerStudy {
  readonly space: Space;
  /** Of the study: what schedulers draw at random follows from it. */
  readonly seed: number;
  /** Comparisons over results that configurations should keep, in canonical text; left out where there are none. */
  readonly limits?: readonly string[];
  /** Metrics that are said to grow with the run; left out where there are none. */
  readonly grows?: readonly string[];
}

/**
 * Decides how long trials run. Pure: sees one revision and nothing else (no clock, no storage). Decisions are committed by
 * compare-and-set; one that lost is asked again on the newer view.
 *
 * @experimental
 */
export interface Scheduler {
  readonly name: string;
  /** Trials that are to begin before any goes on; left out where it does not matter. A smaller total is refused. */
  readonly least?: number;
  /** Asked at each report in its order; after `stop` or `pause` no more of that attempt. */
  onReport(view: HistoryView, trial: Trial, report: Report): ReportDecision;
  /**
   * Asked when a program that was given an `until` has ended well; `trial` has the values it ended with. A scheduler that gives none
   * need not have it: such a trial is finished.
   */
  onEnd?(view: HistoryView, trial: Trial): EndDecision;
  /** Asked by each worker that is free. `wait` only while trials run: their reports or ends bring it on. */
  next(view: HistoryView): NextDecision;
  /**
   * Asked when no more trials may begin, and none runs or one has run in full: a paused trial that is to run on yet with what is kept of the budget
   * for the winner, or null. Left out by schedulers that leave all paused ones for a larger budget.
   */
  last?(view: HistoryView): Extract<NextDecision, { readonly action: "resume" }> | null;
  /** What it goes by in this study, in words for its user; left out, or null, where its name says it all. */
  explain?(view: HistoryView): string | null;
}
