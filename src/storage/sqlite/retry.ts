import { setTimeout as sleep } from "node:timers/promises";
import { AttuneError } from "../../errors.ts";
import { busy, isBusy } from "./sqlite-error.ts";

/** How long to try again while another process holds the lock, in ms. */
export const PATIENCE = 90_000;

/** A short random pause (ms): waiters that woke in step would let the same one win each time. */
export function jitter(): number {
  return 1 + Math.random() * 7;
}

/** Runs a piece of work again and again, with random pauses, while SQLite answers that the file is locked. */
export class Retry {
  readonly #file: string;
  readonly #patience: number;

  constructor(file: string, patience: number = PATIENCE) {
    this.#file = file;
    this.#patience = patience;
  }

  /** Answers what `work` does; AttuneError `storage-busy` when the lock is not free for all the patience there is. */
  async run<T>(work: () => T, onBusy: () => void = () => undefined): Promise<T> {
    const start = performance.now();
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() - start > this.#patience) {
          throw new AttuneError("storage-busy", busy(this.#file), { cause: error });
        }
        onBusy();
        await sleep(jitter());
      }
    }
  }
}
