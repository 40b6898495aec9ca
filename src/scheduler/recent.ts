/**
 * Values by number: the one kept first goes first where they weigh too much together; the one that was kept last stays in any case. One that is kept
 * again stays where it is: a place anew for each look makes garbage that outlives it.
 */
export class Recent<T> {
  readonly #kept = new Map<number, { value: T; weight: number }>();
  readonly #most: number;
  readonly #weigh: (value: T) => number;
  #total = 0;

  constructor(most: number, weigh: (value: T) => number) {
    this.#most = most;
    this.#weigh = weigh;
  }

  get(key: number): T | undefined {
    return this.#kept.get(key)?.value;
  }

  /** Keeps a value, in the place of an older one of its key. What it weighs is what it weighs now. */
  keep(key: number, value: T): void {
    const weight = this.#weigh(value);
    const known = this.#kept.get(key);
    this.#total += weight - (known?.weight ?? 0);
    if (known === undefined) this.#kept.set(key, { value, weight });
    else {
      known.value = value;
      known.weight = weight;
    }
    if (this.#total <= this.#most) return;
    for (const oldest of this.#kept.keys()) {
      if (this.#total <= this.#most) return;
      if (oldest !== key) this.#drop(oldest);
    }
  }

  #drop(key: number): void {
    this.#total -= this.#kept.get(key)!.weight;
    this.#kept.delete(key);
  }
}
