import { setTimeout as delay } from "node:timers/promises";
import { lacksRoom, noRoom, waitsForRoom } from "../../storage/lacks-room.ts";

/** How long is waited between two tries, in ms, unless something ends before; and how often while nothing else runs. */
const AGAIN_MS = 1_000;
const MAX_TRIES = 5;

/**
 * Tries to start programs again for which the system had no open file, process or memory left, which is no fault of theirs: when another
 * one has ended, so that fewer run at a time than were asked for.
 */
export class RoomToStart {
  readonly #letGo: () => boolean;
  #running = 0;
  #end = Promise.withResolvers<void>();

  /** `letGo`: ends one of the programs that stand still in memory; false where there is none. */
  constructor(letGo: () => boolean = () => false) {
    this.#letGo = letGo;
  }

  /** Programs that were counted and have not ended. */
  get running(): number {
    return this.#running;
  }

  /** Counts a program until it has ended. */
  async during<T>(program: Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await program;
    } finally {
      this.#running -= 1;
      this.#end.resolve();
      this.#end = Promise.withResolvers<void>();
    }
  }

  /**
   * What `start` answers, or null when `stop` was aborted before there was room. AttuneError `no-room` when there is none at all. Nothing
   * is tried again that has called `begun`. `onWait` is told once while nothing runs whose end could make room.
   */
  async run<T>(
    start: (begun: () => void) => Promise<T>,
    stop: AbortSignal,
    onWait?: (why: string) => void,
  ): Promise<T | null> {
    for (let tries = 1; ; ) {
      let hasBegun = false;
      try {
        return await start(() => {
          hasBegun = true;
        });
      } catch (error) {
        const code = hasBegun ? null : lacksRoom(error);
        if (code === null) throw error;
        if (this.#letGo() || this.#running > 0) tries = 1;
        else if (++tries > MAX_TRIES) throw noRoom(code, error);
        else if (tries === 2) onWait?.(waitsForRoom(code));
        await this.#wait(stop);
        if (stop.aborted) return null;
      }
    }
  }

  async #wait(stop: AbortSignal): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([stop, over.signal]);
    const pause = delay(AGAIN_MS, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    await Promise.race([this.#end.promise, pause]);
    over.abort();
  }
}
