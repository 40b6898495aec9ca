import { StorageConflict } from "../errors.ts";
import type { Owner } from "../trial/owner.ts";
import type { StudyLog } from "./study-log.ts";

/** Says in the log that a frozen program is given up; nothing where somebody was first, who runs it on or gave it up already. */
export async function giveUpFrozen(log: StudyLog, trial: number, token: string): Promise<void> {
  try {
    await log.execute({ type: "give-up", trial, token });
  } catch (error) {
    if (!(error instanceof StorageConflict)) throw error;
  }
}

/** Trials that are to be run on here and whose programs other processes keep. */
export class FrozenElsewhere {
  readonly #log: StudyLog;
  /** Since when each is wanted here, by the token of who keeps it, in ms of the monotonic clock. */
  readonly #wanted = new Map<string, number>();

  constructor(log: StudyLog) {
    this.#log = log;
  }

  /**
   * A program is left to who keeps it for as long as the trial has run, which is what beginning anew costs; then it is given up. False while
   * it is waited for.
   */
  async takeOver(trial: number, keeper: Owner): Promise<boolean> {
    const since = this.#wanted.get(keeper.token) ?? performance.now();
    this.#wanted.set(keeper.token, since);
    const attempts = this.#log.trial(trial).segments.flatMap((segment) => segment.attempts);
    const seconds = attempts.reduce((sum, attempt) => sum + (attempt.seconds ?? 0), 0);
    if (performance.now() - since < seconds * 1000) return false;
    this.#wanted.delete(keeper.token);
    await giveUpFrozen(this.#log, trial, keeper.token);
    return true;
  }
}
