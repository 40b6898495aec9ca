/** The time is counted in slices of this many ms. */
const SLICE = 500;
/** A slice that took so many ms more was no time: the process was stopped, or had no turn. */
const LATE = 500;

/**
 * Calls back once after so many ms in which this process was awake. While it is stopped (Ctrl-Z, SIGSTOP, a frozen container), so is
 * the time, and what happened meanwhile can be read before it is over.
 */
export class AwakeTimer {
  readonly #ms: number;
  readonly #act: () => void;
  #held = false;
  #left: number;
  #since = performance.now();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Runs from now on. `ms` may be any number, also one that no timer could wait for. */
  constructor(ms: number, act: () => void) {
    this.#ms = ms;
    this.#left = ms;
    this.#act = act;
    this.#plan();
  }

  /** All of the time is left again. */
  refresh(): void {
    this.#left = this.#ms;
    this.#since = performance.now();
    if (this.#timer === null && !this.#held) this.#plan();
  }

  /** The time stands still until `goOn`. */
  hold(): void {
    if (this.#held || this.#timer === null) return;
    this.#held = true;
    this.#left -= performance.now() - this.#since;
    this.clear();
  }

  goOn(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#plan();
  }

  clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #plan(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#tick(), Math.min(SLICE, Math.max(0, this.#left)));
  }

  #tick(): void {
    this.#timer = null;
    const passed = performance.now() - this.#since;
    this.#left -= passed > SLICE + LATE ? Math.min(SLICE, this.#left / 2) : passed;
    // Timers may come a little early.
    if (this.#left > 1) this.#plan();
    else this.#act();
  }
}
