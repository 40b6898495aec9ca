/** What the user's expression matched on a line. */
export interface PatternMatch {
  /** What the group of the value holds; null where that group took no part. */
  readonly text: string | null;
  /** Where it begins in the line. */
  readonly at: number;
  /** Where the whole match ends in the line. */
  readonly end: number;
  /** Whether the user says that commas in it stand between thousands. */
  readonly thousands?: boolean;
  /** What the group of the step holds, or null. */
  readonly step: string | null;
}

/** The user's own regular expression for one metric; matching takes time in proportion to the line. */
export interface LinePattern {
  readonly metric: string;
  /** All matches on the line, in order. */
  matches(line: string): readonly PatternMatch[];
}
