import type { Freezing } from "../job-relay.ts";

const HEEDLESS = "does not await trial.report";

/** Holds a function back in its next `await trial.report(…)`; one that reports on without waiting cannot be held. */
export class ReportPause implements Freezing {
  #asked: PromiseWithResolvers<number | string | null> | null = null;
  #held: PromiseWithResolvers<void> | null = null;
  #isFrozen = false;

  freeze(): Promise<number | string | null> {
    this.#asked ??= Promise.withResolvers();
    return this.#asked.promise;
  }

  thaw(): void {
    this.#letGo(null);
  }

  /** The function reports; false where it was frozen, and reports for all that. */
  reported(): boolean {
    const asked = this.#asked;
    if (asked === null) return true;
    if (this.#held === null) {
      this.#held = Promise.withResolvers();
      // One that does not wait reports again before this turn is over, if it does nothing else in between.
      setTimeout(() => this.#freezeNow(asked), 0);
      return true;
    }
    const wasFrozen = this.#isFrozen;
    this.#letGo(HEEDLESS);
    return !wasFrozen;
  }

  /** Resolves when the function is to go on; null unless it is held back. */
  get over(): Promise<void> | null {
    return this.#held?.promise ?? null;
  }

  #freezeNow(asked: PromiseWithResolvers<number | string | null>): void {
    if (this.#asked !== asked || this.#held === null) return;
    this.#isFrozen = true;
    asked.resolve(0);
  }

  #letGo(why: string | null): void {
    this.#isFrozen = false;
    this.#asked?.resolve(why);
    this.#asked = null;
    this.#held?.resolve();
    this.#held = null;
  }
}
