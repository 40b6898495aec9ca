import { onContinue } from "../executor/on-continue.ts";
import type { StudyLog } from "./study-log.ts";

const TICK_MS = 1000;

/** Adds this process's tuning time to the study's ledger about once a second and says when the limit is reached. */
export class TuningClock {
  readonly #log: StudyLog;
  readonly #limit: number;
  readonly #onLimit: () => void;
  readonly #onError: (error: unknown) => void;
  #last = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> = Promise.resolve();
  #stopped = false;
  /** The process stood still since the last tick. */
  #stood = false;
  #unlisten: (() => void) | null = null;

  /** `limit` in ms of tuning in all, Infinity for none. */
  constructor(log: StudyLog, limit: number, onLimit: () => void, onError: (error: unknown) => void) {
    this.#log = log;
    this.#limit = limit;
    this.#onLimit = onLimit;
    this.#onError = onError;
  }

  async start(): Promise<void> {
    this.#unlisten = onContinue(() => {
      this.#stood = true;
    });
    this.#last = performance.now();
    this.#goOn(await this.#log.storage.addTuningTime(this.#log.id, 0));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    try {
      await this.#ticking;
      await this.#add();
    } finally {
      this.#unlisten?.();
    }
  }

  async #add(): Promise<number> {
    const now = performance.now();
    const passed = now - this.#last;
    this.#last = now;
    // After a stop the overdue timer comes before the signal that tells of it.
    if (passed > 2 * TICK_MS) await new Promise((resolve) => setTimeout(resolve, 0));
    const elapsed = this.#stood ? Math.min(passed, TICK_MS) : passed;
    this.#stood = false;
    return await this.#log.storage.addTuningTime(this.#log.id, elapsed);
  }

  /** Ticks once more, in a while, unless the limit is reached. */
  #goOn(total: number): void {
    // Stopped while the storage answered: nobody would ever stop the next one.
    if (this.#stopped) return;
    const left = this.#limit - total;
    if (left <= 0) {
      this.#onLimit();
      return;
    }
    const tick = async (): Promise<void> => this.#goOn(await this.#add());
    this.#timer = setTimeout(
      () => {
        this.#ticking = tick().catch(this.#onError);
      },
      Math.min(TICK_MS, left),
    );
    // A number in browsers, where a page ends whenever it likes.
    this.#timer.unref?.();
  }
}
