/** Does things that are about the same one after the other, in the order in which they came. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does it once all that came before under this key is done, however that went. */
  async after<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const own = before === undefined ? work() : before.then(work, work);
    this.#last.set(key, own);
    try {
      return await own;
    } finally {
      if (this.#last.get(key) === own) this.#last.delete(key);
    }
  }
}
