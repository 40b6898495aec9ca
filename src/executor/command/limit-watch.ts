import { AwakeTimer } from "../awake-timer.ts";
import type { LimitBreach } from "./limit-breach.ts";
import type { MemoryWatch, WatchedTree } from "./memory-watch.ts";
import type { TrialLimits } from "./trial-limits.ts";

/** Watches one running program's limits and tells of the first that it goes over. */
export class LimitWatch {
  readonly #limits: TrialLimits;
  readonly #memory: MemoryWatch;
  readonly #onBreach: (breach: LimitBreach) => void;
  readonly #look: () => Promise<void>;
  #time: AwakeTimer | null = null;
  #idle: AwakeTimer | null = null;
  #signs = 0;
  #watched: WatchedTree | null = null;
  #forget: (() => void) | null = null;
  #waits = false;
  #over = false;

  /** `look`: resolves once all that the program has printed, and its end if it has ended, have been told here. */
  constructor(
    limits: TrialLimits,
    memory: MemoryWatch,
    look: () => Promise<void>,
    onBreach: (breach: LimitBreach) => void,
  ) {
    this.#look = look;
    this.#limits = limits;
    this.#memory = memory;
    this.#onBreach = onBreach;
  }

  /** The program runs, in this process group, its processes marked so. */
  start(group: number, marker: string): void {
    const { time, spent = 0, idle, memory } = this.#limits;
    if (time !== null) this.#time = new AwakeTimer(Math.max(0, time - spent) * 1000, () => void this.#onTime(time));
    if (idle !== null) this.#idle = new AwakeTimer(idle * 1000, () => void this.#onIdle(idle));
    if (memory !== null) {
      const tell = (used: number): void => this.#breach({ limit: "memory", allowed: memory, used });
      this.#watched = { group, marker, allowed: memory, tell };
      this.#forget = this.#memory.watch(this.#watched);
    }
  }

  /** The program stands still in memory, and nothing that it would use up runs out. */
  hold(): void {
    this.#time?.hold();
    this.#idle?.hold();
    this.#forget?.();
  }

  /** It goes on; it is given all of its time without a sign of life. */
  goOn(): void {
    if (this.#over) return;
    this.#time?.goOn();
    this.#idle?.goOn();
    if (this.#watched !== null) this.#forget = this.#memory.watch(this.#watched);
    this.sign();
  }

  /** The program gave a sign of life. */
  sign(): void {
    this.#signs++;
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
    this.#time?.clear();
    this.#idle?.clear();
    this.#forget?.();
  }

  async #onIdle(allowed: number): Promise<void> {
    const signs = this.#signs;
    await this.#look();
    if (this.#waits) this.sign();
    else if (signs === this.#signs) this.#breach({ limit: "idle", allowed });
  }

  async #onTime(allowed: number): Promise<void> {
    await this.#look();
    this.#breach({ limit: "time", allowed });
  }

  #breach(breach: LimitBreach): void {
    if (this.#over) return;
    this.end();
    this.#onBreach(breach);
  }
}
