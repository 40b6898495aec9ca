import type { TrialState } from "../../../src/trial/trial.ts";

/** States as the page says them. */
export const STATE_WORDS: Readonly<Record<TrialState, string>> = {
  waiting: "waiting",
  running: "running",
  paused: "paused",
  complete: "complete",
  pruned: "stopped early",
  failed: "failed",
};
