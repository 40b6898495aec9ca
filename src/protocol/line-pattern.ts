/** What a pattern found on a line. */
export interface PatternMatch {
  readonly value: number;
  readonly step: number | null;
}

/** The user's own regular expression for one metric; matching takes time in proportion to the line. */
export interface LinePattern {
  readonly metric: string;
  /** The last match on the line, or null. */
  read(line: string): PatternMatch | null;
}
