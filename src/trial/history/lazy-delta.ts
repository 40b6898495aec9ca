import type { HistoryDelta } from "../history-view.ts";

/** What a delta says of trials, beside rows. */
export type TrialDelta = Omit<HistoryDelta, "added" | "respaced">;

/** A delta whose trials are looked at when somebody asks about them. */
export class LazyDelta implements HistoryDelta {
  readonly added: Int32Array;
  readonly respaced: boolean;
  readonly #make: () => TrialDelta;
  #trials: TrialDelta | null = null;

  constructor(added: Int32Array, respaced: boolean, make: () => TrialDelta) {
    this.added = added;
    this.respaced = respaced;
    this.#make = make;
  }

  get changed(): HistoryDelta["changed"] {
    return this.#all.changed;
  }

  get hidden(): HistoryDelta["hidden"] {
    return this.#all.hidden;
  }

  get restored(): HistoryDelta["restored"] {
    return this.#all.restored;
  }

  get pending(): HistoryDelta["pending"] {
    return this.#all.pending;
  }

  get started(): HistoryDelta["started"] {
    return this.#all.started;
  }

  get reported(): HistoryDelta["reported"] {
    return this.#all.reported;
  }

  /** The same with some of the added rows alone. */
  only(wanted: (row: number) => boolean): LazyDelta {
    return new LazyDelta(this.added.filter(wanted), this.respaced, () => this.#all);
  }

  get #all(): TrialDelta {
    this.#trials ??= this.#make();
    return this.#trials;
  }
}
