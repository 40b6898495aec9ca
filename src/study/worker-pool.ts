/** Workers that look for a trial at the same time: more than one transaction takes together gain nothing. */
const SEEKERS = 64;
/** Workers that begin to look each time one has found a trial. */
const CALLED = 2;

/** What the workers of a pool do. */
export interface Labour<T> {
  /** Something to do for this worker; null when there is nothing, or when another one waits for it already. */
  readonly seek: (worker: number) => Promise<T | null>;
  readonly work: (found: T, worker: number) => Promise<void>;
  /** After an error in either; the worker is gone then. */
  readonly fail: (error: unknown) => void;
}

/**
 * Up to `size` workers, of which only as many begin as find something to do: each that finds something calls others. One that finds
 * nothing leaves its place, so that a single one waits at the most.
 */
export class WorkerPool<T> {
  readonly #size: number;
  readonly #labour: Labour<T>;
  readonly #free: number[] = [];
  readonly #over = Promise.withResolvers<void>();
  #begun = 0;
  #active = 0;
  #seeking = 0;

  constructor(size: number, labour: Labour<T>) {
    this.#size = size;
    this.#labour = labour;
  }

  /** Resolves once no worker is left, which is when the last one found nothing. */
  async run(): Promise<void> {
    this.#call(1);
    await this.#over.promise;
  }

  #call(most: number): void {
    for (let k = 0; k < most && this.#seeking < SEEKERS; k++) {
      const worker = this.#free.pop() ?? (this.#begun < this.#size ? this.#begun++ : undefined);
      if (worker === undefined) return;
      this.#active += 1;
      void this.#employ(worker);
    }
  }

  async #employ(worker: number): Promise<void> {
    try {
      // With enough others who look, the place is better free: they call whom they need.
      while (this.#seeking < SEEKERS) {
        const found = await this.#seek(worker);
        if (found === null) break;
        this.#call(CALLED);
        await this.#labour.work(found, worker);
      }
    } catch (error) {
      this.#labour.fail(error);
    }
    this.#free.push(worker);
    this.#active -= 1;
    if (this.#active === 0) this.#over.resolve();
  }

  async #seek(worker: number): Promise<T | null> {
    this.#seeking += 1;
    try {
      return await this.#labour.seek(worker);
    } finally {
      this.#seeking -= 1;
    }
  }
}
