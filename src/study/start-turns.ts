import { loopTurn } from "../executor/loop-turn.ts";

/** Ms that starts may take together before the others wait for the next turn. */
const TOGETHER_MS = 1;

/**
 * When trials are started: quick functions together in one turn of the event loop, so that their ends go to the storage together; after one
 * that keeps the thread busy no other, so that its end goes there before the next one may keep it busy for hours.
 */
export class StartTurns {
  #waiting: (() => void)[] = [];
  #isTurning = false;

  /** Calls `start` in the next turn, or a later one, behind those that came before; resolves as it does. */
  run<T>(start: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<T>();
    this.#waiting.push(() => resolve(start()));
    if (!this.#isTurning) void this.#turn();
    return promise;
  }

  async #turn(): Promise<void> {
    this.#isTurning = true;
    while (this.#waiting.length > 0) {
      await loopTurn();
      this.#startTogether();
    }
    this.#isTurning = false;
  }

  #startTogether(): void {
    const begin = performance.now();
    let started = 0;
    for (const start of this.#waiting) {
      start();
      started += 1;
      if (performance.now() - begin > TOGETHER_MS) break;
    }
    this.#waiting = this.#waiting.slice(started);
  }
}
