import type { Freezing } from "../job-relay.ts";
import { FLAG } from "./module-messages.ts";

/** Holds a function in a thread back in its next `trial.report(…)`: the thread waits there. */
export class ThreadHold implements Freezing {
  /** Shared with the thread, see {@link FLAG}. */
  readonly flags = new Int32Array(new SharedArrayBuffer(4 * Object.keys(FLAG).length));
  readonly #onHold: (held: boolean) => void;
  #asked: PromiseWithResolvers<number | string | null> | null = null;
  #held = false;

  /** `onHold` is told when the thread begins to wait, and when it goes on. */
  constructor(onHold: (held: boolean) => void) {
    this.#onHold = onHold;
  }

  freeze(): Promise<number | string | null> {
    this.#asked ??= Promise.withResolvers();
    Atomics.store(this.flags, FLAG.hold, 1);
    return this.#asked.promise;
  }

  /** The thread says that it waits. */
  isHeld(): void {
    if (this.#asked === null) return;
    this.#held = true;
    this.#onHold(true);
    this.#asked.resolve(0);
  }

  thaw(): void {
    Atomics.store(this.flags, FLAG.hold, 0);
    Atomics.notify(this.flags, FLAG.hold);
    this.#asked?.resolve(null);
    this.#asked = null;
    if (this.#held) this.#onHold(false);
    this.#held = false;
  }
}
