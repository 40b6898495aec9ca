/** Ms for which timers and messages may have to wait. */
const EVERY_MS = 50;

/**
 * Gives timers, signals and messages their turn. Where nothing ever waits for anything outside (a storage in memory, a function that
 * returns at once), one promise follows another for ever and they would never have it.
 */
export class Breather {
  #last = performance.now();
  #pause: Promise<void> | null = null;

  /** What to wait for, the same for all who ask meanwhile; null while it is too early. */
  due(): Promise<void> | null {
    if (this.#pause === null && performance.now() - this.#last < EVERY_MS) return null;
    this.#pause ??= this.#rest();
    return this.#pause;
  }

  async #rest(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#last = performance.now();
    this.#pause = null;
  }
}
