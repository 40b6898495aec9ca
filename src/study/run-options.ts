import type { Outcome, Trial } from "../trial/trial.ts";

/** What happens during a run, for whoever shows it. */
export type RunEvent =
  | { readonly type: "resumed"; readonly trialsSpent: number; readonly waiting: number; readonly limit: number | null }
  | { readonly type: "started"; readonly trial: number; readonly worker: number }
  | { readonly type: "finished"; readonly trial: Trial; readonly best: boolean }
  /** The scheduler keeps the trial at a rung, to be run on later or not. */
  | { readonly type: "paused"; readonly trial: Trial }
  | { readonly type: "returned"; readonly trial: number; readonly outcome: Outcome }
  /** Nothing is left to run here, and these trials, handed out by `attune ask` or `study.ask`, are waited for. */
  | { readonly type: "awaiting"; readonly trials: readonly number[] }
  | { readonly type: "notice"; readonly text: string }
  | { readonly type: "stopping"; readonly reason: RunEnd };

/** Why a run ended. `exhausted`: the sampler has nothing left (a grid); `refused`: {@link RunOptions.mayStart} said no. */
export type RunEnd =
  | "trials"
  | "exhausted"
  | "timeout"
  | "budget"
  | "target"
  | "patience"
  | "stopped"
  | "killed"
  | "same-failure"
  | "refused";

/** `auto`: unless a metric of the study is a time, which would go on meanwhile. */
export type FreezeWhen = "never" | "auto" | "always";

export interface RunOptions {
  /** Trials that come to an end of their own, over all runs and processes; null: until stopped. */
  readonly trials: number | null;
  /** Trials at a time, from 1 up. */
  readonly workers: number;
  /** Seconds of tuning in all, over restarts and processes, or null. */
  readonly timeout: number | null;
  /** What the study may use up in all: `2000 steps`, `30 runs` (full ones), or a time, which ends it as `timeout` does; or null. */
  readonly budget: string | number | null;
  /** Value of the one objective with which the study ends, `goals` for all goals met by one trial, or null. */
  readonly target: number | "goals" | null;
  /**
   * Finished trials without a better value after which the study ends, or null; full runs' worth of steps where its scheduler pauses trials.
   */
  readonly patience: number | null;
  /** Seconds that running trials get to end once the run is asked to stop. */
  readonly grace: number;
  /** Go on when the first three trials all fail the same way. */
  readonly keepGoing: boolean;
  /** Trials run to their own end: the study's scheduler stops none early. */
  readonly unscheduled?: boolean;
  /** Whether programs that pause and keep no checkpoint stand still in memory until they are promoted; default `auto`. */
  readonly freeze?: FreezeWhen;
  /** Bytes that programs standing still may hold together on this machine, 0 for none; null or left out for a quarter of what there is. */
  readonly freezeMemory?: number | null;
  /** Bytes that checkpoints of the study may take; null or left out for half of what is free and they take themselves. */
  readonly checkpointSpace?: number | null;
  /** Asked before each trial begins: a sentence why none may begin any more (running ones go on to their end), or null. */
  readonly mayStart?: () => Promise<string | null>;
  /** First Ctrl-C: no new trials, running ones end within the grace. */
  readonly stop?: AbortSignal;
  /** Second Ctrl-C: end now. */
  readonly kill?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface RunSummary {
  readonly reason: RunEnd;
  /** Trials that the study's budget was spent on so far: see {@link Study.trialsSpent}. */
  readonly trialsSpent: number;
  /** Trials that pause at a rung now: they go on with a larger budget. */
  readonly paused: number;
  /** What the study has cost so far, in full runs; null where that cannot be said. */
  readonly fullRuns: number | null;
  /** Trials that came to an end in this run. */
  readonly ran: number;
  /** A sentence where the reason needs one. */
  readonly message: string | null;
}
