/** What the attempts of a study that have ended here have used up, whatever became of them; those that ran elsewhere (imported) pay nothing. */
export interface Ledger {
  /**
   * Steps that programs ran: an attempt pays from where it began to the furthest it came, by what it reported. It began where its
   * checkpoint was made, if it had one and its first report lies beyond that, else at 0. One that reported nothing and ended by itself pays
   * up to the step that it was to run up to. In a study that declares a fidelity an attempt that ended well pays the one it was given, and
   * none more than that.
   */
  readonly steps: number;
  /** Attempts that ended by themselves, were to run to their own end, and told no step: full runs, of how many steps nobody knows. */
  readonly runs: number;
  /** Seconds by the clocks of those who ran them; attempts that nobody measured pay none. */
  readonly seconds: number;
  /** In the unit that those who ran them count in; attempts of which nobody said pay none. */
  readonly cost: number;
}

/** What a study may use up in all; what is left out has no limit. */
export type Purse = { readonly [K in keyof Ledger]?: number };
