import { hash } from "node:crypto";
import { StorageConflict } from "../errors.ts";
import type { ChangeRequest } from "../trial/change-request.ts";

/** Keys remembered at most, and for how long. */
const MOST_KEYS = 10_000;
const KEPT_MS = 86_400_000;
/** Longest key. */
export const LONGEST_KEY = 200;

/** Of a hash: 132 bits. */
const DIGITS = 22;

interface Kept {
  readonly asked: string;
  readonly answer: Promise<unknown>;
  readonly at: number;
}

/**
 * Calls that carry a key are carried out once: a repetition gets the first one's answer. Kept in memory, a day at most; what adds something is
 * given the request to keep with its change, which another server finds.
 */
export class IdempotentCalls {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;

  /** `now` in ms, of a clock that only grows. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Does it, unless a call with this key was made before. What failed is not kept: it may be tried again.
   *
   * @throws StorageConflict for a key that came with another call.
   */
  async once<T>(
    key: string,
    call: readonly [operation: string, input: unknown],
    work: (request: ChangeRequest) => Promise<T>,
  ): Promise<T> {
    const asked = hash("sha256", JSON.stringify(call), "base64url");
    const before = this.#kept.get(key);
    if (before !== undefined && this.#now() - before.at < KEPT_MS) {
      if (before.asked === asked) return (await before.answer) as T;
      const message = `The idempotency key ${JSON.stringify(key)} came with another call before; give each call a key of its own.`;
      throw new StorageConflict(message);
    }
    const answer = work({ id: hash("sha256", key, "base64url").slice(0, DIGITS), asks: asked.slice(0, DIGITS) });
    this.#kept.delete(key);
    this.#kept.set(key, { asked, answer, at: this.#now() });
    answer.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEYS) break;
      this.#kept.delete(oldest);
    }
    return await answer;
  }
}
