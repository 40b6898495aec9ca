/** What the attempts of a study that have ended here have used up, whatever became of them; those that ran elsewhere (imported) pay nothing. */
export interface Ledger {
  /**
   * Steps that programs ran, by what they reported: an attempt pays from where it began to the furthest it came. It began where its
   * checkpoint was made, if it had one and its first report lies beyond that, else at 0. One that reported nothing and ended well at the
   * step it was to run up to pays up to that. In a study that declares a fidelity an attempt that ended well pays the fidelity that it was
   * given, one that was cut short as far as its reports tell, at most that, and one that failed and told nothing all of it.
   */
  readonly steps: number;
  /** Seconds by the clocks of those who ran them; attempts that nobody measured pay none. */
  readonly seconds: number;
  /** In the unit that those who ran them count in; attempts of which nobody said pay none. */
  readonly cost: number;
}

/** What a study may use up in all; what is left out has no limit. */
export type Purse = { readonly [K in keyof Ledger]?: number };
