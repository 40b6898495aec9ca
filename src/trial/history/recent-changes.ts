/** Revisions that are remembered: who follows a study looks at what came since it looked last. */
const REMEMBERED = 65_536;

/** Which trial each of the newest events spoke of. */
export class RecentChanges {
  readonly #trials = new Int32Array(REMEMBERED);
  #first = 1;
  #last = 0;

  /** @param revision of the newest event that was not seen. */
  constructor(revision = 0) {
    this.#first = revision + 1;
    this.#last = revision;
  }

  /** The event of the next revision; null where it spoke of no trial. */
  add(trial: number | null): void {
    this.#last++;
    this.#trials[this.#last % REMEMBERED] = trial ?? -1;
    if (this.#last - this.#first >= REMEMBERED) this.#first++;
  }

  /** The trials, each once in number order, that events after revision `from` up to `to` spoke of; null where that is forgotten. */
  between(from: number, to: number): readonly number[] | null {
    if (from + 1 < this.#first) return null;
    const trials = new Set<number>();
    for (let revision = from + 1; revision <= to; revision++) {
      const trial = this.#trials[revision % REMEMBERED]!;
      if (trial >= 0) trials.add(trial);
    }
    return [...trials].sort((a, b) => a - b);
  }
}
