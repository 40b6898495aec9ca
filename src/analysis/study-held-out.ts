import type { HeldOutRun } from "../trial/held-out-run.ts";
import type { Trial } from "../trial/trial.ts";
import { type HeldOutFrontStanding, heldOutFrontStanding } from "./held-out-front-standing.ts";
import { type HeldOutStanding, heldOutStanding } from "./held-out-standing.ts";
import type { StudyReport } from "./summarize.ts";

/** What is known on held-out data: of a winner and its rivals, by several objectives of a front. */
export type StudyHeldOut = HeldOutStanding | HeldOutFrontStanding;

/** What is known of what a study has found on held-out data; null while nothing was run on it. */
export function studyHeldOut(
  runs: readonly HeldOutRun[],
  trials: Iterable<Trial>,
  { metrics, winner, front }: StudyReport,
): StudyHeldOut | null {
  return metrics.length > 1 ? heldOutFrontStanding(runs, trials, front) : heldOutStanding(runs, trials, winner);
}
