import { isVisible } from "../objective/index.ts";
import { schedulerAbilities } from "../scheduler/index.ts";
import type { Trial } from "../trial/trial.ts";
import { FEWEST_TRIALS } from "./fewest-trials.ts";

/** A scheduler that has nothing to judge by. */
export interface SilentScheduler {
  readonly scheduler: string;
  /** Complete trials, none of which reported a value before its last. */
  readonly trials: number;
}

/**
 * Whether a scheduler waits in vain: five or more trials were run to their end and none of them reported anything in between. Null
 * where one did, or where the scheduler watches no reports (`none`).
 */
export function silentScheduler(trials: Iterable<Trial>, scheduler: string): SilentScheduler | null {
  if (schedulerAbilities(scheduler)?.watches === false) return null;
  let count = 0;
  for (const trial of trials) {
    if (!isVisible(trial) || trial.origin === "imported") continue;
    if (trial.state === "pruned" || trial.state === "paused" || trial.reports.length > 1) return null;
    if (trial.state === "complete") count += 1;
  }
  return count < FEWEST_TRIALS ? null : { scheduler, trials: count };
}
