import type { NotationFault } from "./number-notation.ts";

/**
 * How sure it is that a value belongs to the asked name: `exact` in the very letters; `spelled` with other capitals or other
 * separators (`Val loss` for `val_loss`); `doubtful` of the best, of one part of the data, or in a sentence.
 */
export type Certainty = "exact" | "spelled" | "doubtful";

/** A value found for an asked metric. */
export interface FoundValue {
  /** NaN where there is a fault. */
  readonly value: number;
  /** Why what stands there is read as no number; then there is no value. */
  readonly fault?: NotationFault | undefined;
  readonly certainty: Certainty;
  /** What it is of where the output says so (`test`, `valid_0's`, `on test data`), in small letters; else null. */
  readonly part: string | null;
}

/** What one line, row or record says of the asked metrics. */
export interface MetricReading {
  readonly values: ReadonlyMap<string, FoundValue>;
  /** Step named there, or null. */
  readonly step: number | null;
  /** Metrics whose step is that of a heading which had a value of theirs too; left out where there are none. */
  readonly behind?: readonly string[];
}
