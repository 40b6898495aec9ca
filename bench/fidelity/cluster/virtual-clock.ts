interface Sleeper {
  readonly at: number;
  /** Who began first wakes first. */
  readonly order: number;
  readonly wake: () => void;
}

/** Turns of the event loop without anything new after which all that could begin has begun. */
const STILL = 3;
/** Longer than any pause that is made only to let others have a turn. */
const PAUSE_MS = 2;

/**
 * Time that passes only while everybody sleeps: it goes on to the next waking once all workers do, or once nothing more happens by itself.
 * Nobody may wait for anything else than the clock and each other.
 */
export class VirtualClock {
  readonly #sleepers: Sleeper[] = [];
  #now = 0;
  #order = 0;

  get now(): number {
    return this.#now;
  }

  sleep(duration: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.#now + duration, order: this.#order++, wake });
    });
  }

  /** Lets time pass until `ended` has come. */
  async run(workers: number, ended: Promise<unknown>): Promise<void> {
    let over = false;
    const end = () => {
      over = true;
    };
    ended.then(end, end);
    while (!over) {
      if (this.#sleepers.length < workers) await this.#still(workers);
      const next = this.#take();
      if (next === undefined) {
        await turn();
        continue;
      }
      this.#now = next.at;
      next.wake();
      await turn();
    }
  }

  /** Resolves when all sleep, or nobody has gone to sleep for some turns and a pause. */
  async #still(workers: number): Promise<void> {
    for (let begun = -1; this.#sleepers.length < workers && begun !== this.#order; ) {
      begun = this.#order;
      for (let k = 0; k < STILL && begun === this.#order; k++) await turn();
      if (begun === this.#order) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      if (begun === this.#order) await turn();
    }
  }

  #take(): Sleeper | undefined {
    let first = 0;
    for (let k = 1; k < this.#sleepers.length; k++) {
      const [one, best] = [this.#sleepers[k]!, this.#sleepers[first]!];
      if (one.at < best.at || (one.at === best.at && one.order < best.order)) first = k;
    }
    const next = this.#sleepers[first];
    const last = this.#sleepers.pop();
    if (last !== undefined && last !== next) this.#sleepers[first] = last;
    return next;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
