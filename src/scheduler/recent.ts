/** What was kept last, by number: the least recently kept goes first where it weighs too much together. The newest stays in any case. */
export class Recent<T> {
  readonly #kept = new Map<number, { readonly value: T; readonly weight: number }>();
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

  /** Keeps a value as the newest, in the place of an older one of its key. What it weighs is what it weighs now. */
  keep(key: number, value: T): void {
    this.drop(key);
    const weight = this.#weigh(value);
    this.#kept.set(key, { value, weight });
    this.#total += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#total <= this.#most || oldest === key) return;
      this.drop(oldest);
    }
  }

  drop(key: number): void {
    this.#total -= this.#kept.get(key)?.weight ?? 0;
    this.#kept.delete(key);
  }
}
