import type { LimitBreach } from "./limit-breach.ts";
import type { MemoryWatch } from "./memory-watch.ts";
import type { TrialLimits } from "./trial-limits.ts";

/** The longest time that a timer of Node can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** Watches one running program's limits and tells of the first that it goes over. */
export class LimitWatch {
  readonly #limits: TrialLimits;
  readonly #memory: MemoryWatch;
  readonly #onBreach: (breach: LimitBreach) => void;
  #time: NodeJS.Timeout | null = null;
  #idle: NodeJS.Timeout | null = null;
  #forget: (() => void) | null = null;
  #waits = false;
  #over = false;

  constructor(limits: TrialLimits, memory: MemoryWatch, onBreach: (breach: LimitBreach) => void) {
    this.#limits = limits;
    this.#memory = memory;
    this.#onBreach = onBreach;
  }

  /** The program runs, in this process group, its processes marked so. */
  start(group: number, marker: string): void {
    const { time, idle, memory } = this.#limits;
    if (time !== null) this.#waitForTime(time * 1000);
    if (idle !== null) {
      this.#idle = setTimeout(() => this.#onIdle(idle), Math.min(idle * 1000, LONGEST_MS));
    }
    if (memory !== null) {
      const tell = (used: number): void => this.#breach({ limit: "memory", allowed: memory, used });
      this.#forget = this.#memory.watch({ group, marker, allowed: memory, tell });
    }
  }

  /** The program gave a sign of life. */
  sign(): void {
    if (!this.#over) this.#idle?.refresh();
  }

  /** The tuner makes the program wait, and nothing can be seen of it; or lets it go on, which it gets the whole time for. */
  wait(wait: boolean): void {
    this.#waits = wait;
    this.sign();
  }

  /** The program is over, or is being ended: nothing more is told. */
  end(): void {
    this.#over = true;
    if (this.#time !== null) clearTimeout(this.#time);
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#forget?.();
  }

  #onIdle(allowed: number): void {
    if (this.#waits) this.sign();
    else this.#breach({ limit: "idle", allowed });
  }

  #waitForTime(ms: number): void {
    const turn = Math.min(ms, LONGEST_MS);
    this.#time = setTimeout(() => {
      if (turn < ms) this.#waitForTime(ms - turn);
      else this.#breach({ limit: "time", allowed: this.#limits.time! });
    }, turn);
  }

  #breach(breach: LimitBreach): void {
    if (this.#over) return;
    this.end();
    this.#onBreach(breach);
  }
}
