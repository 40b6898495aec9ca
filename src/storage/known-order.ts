/**
 * The order in which the trials of one query come, as of one revision: kept for the pages that follow, so that these cost no look at all
 * trials. That of another query takes its place.
 */
export class KnownOrder {
  #query = "";
  #revision = -1;
  #numbers: Int32Array = new Int32Array(0);

  /** The numbers of all its trials, or null where it is not known. */
  of(query: string, revision: number): Int32Array | null {
    return query === this.#query && revision === this.#revision ? this.#numbers : null;
  }

  keep(query: string, revision: number, numbers: Int32Array): void {
    this.#query = query;
    this.#revision = revision;
    this.#numbers = numbers;
  }
}
