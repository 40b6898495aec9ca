/** What settings are called where a program's end is read, in the sentences about it. */
export interface SettingWords {
  /** The limits of {@link TrialLimits}. */
  readonly time: string;
  readonly idle: string;
  readonly memory: string;
  /** What reads a metric by an expression; `given` is `metric=expression`, or null for one that is still to be found. */
  readonly pattern: (given: string | null) => string;
}

/** As a program names them. */
export const OWN_WORDS: SettingWords = {
  time: "limits.time",
  idle: "limits.idle",
  memory: "limits.memory",
  pattern: (given) => (given === null ? "an expression" : `the expression ${given}`),
};
