import { AwakeTimer } from "../executor/awake-timer.ts";
import type { JobControl } from "../executor/executor.ts";

/** What is known of a study's programs: whether they end by themselves at the step they are given to run up to; null before one showed it. */
export interface UntilHabit {
  heeds: boolean | null;
}

type Aborting = { readonly [K in keyof JobControl]-?: AbortController };

/**
 * Ends a program once its scheduler decided so. One that has come to the step it was to run up to is first let end by itself, so that it
 * can keep its checkpoint: until it reports on, or the grace is over; where programs are known not to heed that step, none is waited for.
 */
export class StopRequest {
  readonly #control: Aborting;
  readonly #graceMs: number;
  readonly #habit: UntilHabit;
  #freezes = false;
  #timer: AwakeTimer | null = null;
  #waiting = false;
  #over = false;

  constructor(control: Aborting, graceMs: number, habit: UntilHabit) {
    this.#control = control;
    this.#graceMs = graceMs;
    this.#habit = habit;
  }

  /** `atUntil`: it is paused with the report of the step that it was to run up to. `freezes`: it is to stand still rather than to end. */
  ask(atUntil: boolean, freezes = false): void {
    this.#freezes = freezes;
    // Decided on the last report of a program that has ended by itself: nothing to stop, and no timer that holds the process.
    if (this.#over) return;
    this.#waiting = atUntil && this.#habit.heeds !== false;
    if (this.#waiting) this.#timer = new AwakeTimer(this.#graceMs, () => this.#ignored());
    else this.#stop();
  }

  /** The program reported something after it was to end. */
  reportedOn(): void {
    if (this.#waiting && !this.#over) this.#ignored();
  }

  /** The program cannot stand still: it is to end. */
  unfrozen(): void {
    this.#freezes = false;
    if (!this.#over) this.#stop();
  }

  /** The program has ended, or stands still. */
  end(): void {
    if (this.#waiting) this.#habit.heeds = true;
    this.#over = true;
    this.#timer?.clear();
  }

  #ignored(): void {
    this.#waiting = false;
    this.#habit.heeds = false;
    this.#timer?.clear();
    this.#stop();
  }

  #stop(): void {
    if (this.#freezes) {
      this.#control.freeze.abort();
      return;
    }
    this.#control.stop.abort();
    this.#timer = new AwakeTimer(this.#graceMs, () => this.#control.kill.abort());
  }
}
