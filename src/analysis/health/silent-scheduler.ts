import { schedulerAbilities } from "../../scheduler/index.ts";
import { STATE_CODES } from "../../trial/history-view.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Trial } from "../../trial/trial.ts";
import { FEWEST_TRIALS } from "../fewest-trials.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
const PRUNED = STATE_CODES.indexOf("pruned");
const PAUSED = STATE_CODES.indexOf("paused");

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
  const { states, hidden, imported, reportCounts, length } = TrialList.of(trials);
  let count = 0;
  for (let place = 0; place < length; place++) {
    if (hidden[place] === 1 || imported[place] === 1) continue;
    if (states[place] === PRUNED || states[place] === PAUSED || reportCounts[place]! > 1) return null;
    if (states[place] === COMPLETE) count += 1;
  }
  return count < FEWEST_TRIALS ? null : { scheduler, trials: count };
}
