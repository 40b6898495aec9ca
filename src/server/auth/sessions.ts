import { hashOf, newSecret } from "./secret-word.ts";

/** How long a code may be exchanged, and how long a session lasts that nobody uses. */
export const CODE_MS = 60_000;
const SESSION_MS = 86_400_000;
const MOST_SESSIONS = 1_000;
const MOST_CODES = 100;

/** Sessions of pages: a code, which is good once and for a while, is exchanged for a secret. Nothing of it is kept beyond this process. */
export class Sessions {
  readonly #now: () => number;
  /** When each code ends, by its hash. */
  readonly #codes = new Map<string, number>();
  /** When each session ends, by the hash of its secret; the one used last at the end. */
  readonly #sessions = new Map<string, number>();

  /** `now` in ms, of a clock that only grows. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Good once, for so many ms. */
  newCode(lasts: number = CODE_MS): string {
    const code = newSecret("code");
    this.#codes.set(hashOf(code), this.#now() + lasts);
    dropOldest(this.#codes, MOST_CODES);
    return code;
  }

  /** The secret of a new session; null for a code that is none, was used, or is too old. */
  exchange(code: string): string | null {
    const hash = hashOf(code);
    const end = this.#codes.get(hash);
    this.#codes.delete(hash);
    if (end === undefined || this.#now() >= end) return null;
    const secret = newSecret("session");
    this.#sessions.set(hashOf(secret), this.#now() + SESSION_MS);
    dropOldest(this.#sessions, MOST_SESSIONS);
    return secret;
  }

  /** Whether a secret of that hash is one of a session; it lasts on then. */
  has(hash: string): boolean {
    const end = this.#sessions.get(hash);
    if (end === undefined) return false;
    this.#sessions.delete(hash);
    if (this.#now() >= end) return false;
    this.#sessions.set(hash, this.#now() + SESSION_MS);
    return true;
  }
}

function dropOldest(kept: Map<string, number>, most: number): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(oldest);
  }
}
