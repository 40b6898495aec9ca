import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";

/**
 * Takes the place of the monotonic clock and of sleeping (`node:timers/promises`) until it is stopped: time stands still but for what is
 * slept, and that is over at once.
 */
export class VirtualClock {
  /** Ms; may be set. */
  now = 1_000_000;
  /** Ms of each sleep so far. */
  readonly slept: number[] = [];
  readonly #real = { now: performance.now, sleep: timers.setTimeout };

  /** `onSlept` is called at the end of each sleep, with how many there were. */
  constructor(onSlept: (count: number, clock: VirtualClock) => void = () => undefined) {
    performance.now = () => this.now;
    const sleep = async (ms = 0): Promise<void> => {
      this.slept.push(ms);
      this.now += ms;
      onSlept(this.slept.length, this);
    };
    timers.setTimeout = sleep as typeof timers.setTimeout;
    syncBuiltinESMExports();
  }

  stop(): void {
    performance.now = this.#real.now;
    timers.setTimeout = this.#real.sleep;
    syncBuiltinESMExports();
  }
}
