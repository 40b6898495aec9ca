import { AwakeTimer } from "../executor/awake-timer.ts";
import type { JobControl } from "../executor/executor.ts";

/** What is known of a study's programs: whether they end by themselves at the step they are given to run up to; null before one showed it. */
export interface UntilHabit {
  heeds: boolean | null;
}

type Aborting = { readonly [K in keyof JobControl]-?: AbortController };

/** Where a program stands that is to end. */
export interface Standing {
  /** It is paused with the report of the step that it was to run up to. */
  readonly atUntil: boolean;
  /** The step that it came to by its last report, where that is as far as a full run goes; else null. */
  readonly atEnd: number | null;
  /** It is to stand still rather than to end. */
  readonly freezes: boolean;
}

const NOWHERE: Standing = { atUntil: false, atEnd: null, freezes: false };

/**
 * Ends a program once its scheduler decided so. One that has come to the step it was to run up to is first let end by itself, so that it
 * can keep its checkpoint: until it reports on, or the grace is over; where programs are known not to heed that step, none is waited for.
 * So is one that has told the last step of a full run, whose work would be done again.
 */
export class StopRequest {
  readonly #control: Aborting;
  readonly #graceMs: number;
  readonly #habit: UntilHabit;
  #freezes = false;
  #timer: AwakeTimer | null = null;
  /** What it is let end by itself at; a number is the last step of a full run. */
  #waiting: "until" | number | null = null;
  #over = false;

  constructor(control: Aborting, graceMs: number, habit: UntilHabit) {
    this.#control = control;
    this.#graceMs = graceMs;
    this.#habit = habit;
  }

  ask({ atUntil, atEnd, freezes }: Standing = NOWHERE): void {
    this.#freezes = freezes;
    // Decided on the last report of a program that has ended by itself: nothing to stop, and no timer that holds the process.
    if (this.#over) return;
    this.#waiting = atEnd ?? (atUntil && this.#habit.heeds !== false ? "until" : null);
    if (this.#waiting === null) this.#stop();
    else this.#timer = new AwakeTimer(this.#graceMs, () => this.#goesOn());
  }

  /** The program reported up to `step` after it was to end; `past`: past the step that it was given, if it was. */
  reportedOn(step: number, past: boolean): void {
    if (this.#over || this.#waiting === null) return;
    if (this.#waiting === "until" ? past : step > this.#waiting) this.#goesOn();
  }

  /** The program cannot stand still: it is to end. */
  unfrozen(): void {
    this.#freezes = false;
    if (!this.#over) this.#stop();
  }

  /** The program has ended, or stands still. */
  end(): void {
    if (this.#waiting === "until") this.#habit.heeds = true;
    this.#over = true;
    this.#timer?.clear();
  }

  #goesOn(): void {
    if (this.#waiting === "until") this.#habit.heeds = false;
    this.#waiting = null;
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
