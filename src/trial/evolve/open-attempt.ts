import type { Owner } from "../owner.ts";
import type { Attempt } from "../trial.ts";

/** An attempt under way, with nothing to say yet of how it ended. */
export function openAttempt(index: number, owner: Owner, startedAt: number): Attempt {
  return {
    index,
    owner,
    startedAt,
    endedAt: null,
    outcome: null,
    message: null,
    exitCode: null,
    signal: null,
    checkpoint: null,
  };
}
