import { setTimeout as sleep } from "node:timers/promises";
import { AttuneError } from "../../errors.ts";
import { busy, isBusy, waiting } from "./sqlite-error.ts";

/** How long to try again while another process holds the lock, in ms, where nothing would be lost by giving up. */
export const PATIENCE = 90_000;
/** Ms of waiting before a word is said about it, and between two. */
const FIRST_WORD = 4_000;
const NEXT_WORD = 60_000;

/** A short random pause (ms): waiters that woke in step would let the same one win each time. */
export function jitter(): number {
  return 1 + Math.random() * 7;
}

export interface RetryOptions {
  /** Ms; Infinity for work that must not be lost. */
  readonly patience?: number;
  readonly onBusy?: () => void;
}

/** Runs a piece of work again and again, with random pauses, while SQLite answers that the file is locked. */
export class Retry {
  readonly #file: string;
  readonly #say: (sentence: string) => void;

  /** `say` gets a sentence about who is waited for, after 4 s and then every minute. */
  constructor(file: string, say: (sentence: string) => void = () => undefined) {
    this.#file = file;
    this.#say = say;
  }

  /** Answers what `work` does; AttuneError `storage-busy` when the lock is not free for all the patience there is. */
  async run<T>(work: () => T, { patience = PATIENCE, onBusy }: RetryOptions = {}): Promise<T> {
    const start = performance.now();
    let nextWord = start + FIRST_WORD;
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error)) throw error;
        const now = performance.now();
        if (now - start > patience) throw new AttuneError("storage-busy", busy(this.#file), { cause: error });
        if (now >= nextWord) {
          this.#say(waiting(this.#file));
          nextWord = now + NEXT_WORD;
        }
        onBusy?.();
        await sleep(jitter());
      }
    }
  }
}
