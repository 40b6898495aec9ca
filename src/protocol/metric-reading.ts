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
  /** The unit that the value is in, `s` or `B`, per something perhaps (`s/step`), where one was printed and converted. */
  readonly unit?: string | undefined;
  readonly certainty: Certainty;
  /** What it is of where the output says so (`test`, `valid_0's`, `on test data`), in small letters; else null. */
  readonly part: string | null;
  /** Whether the part is named by what heads the value, so that the name is plain in itself: `train: loss=0.5`. */
  readonly headed?: boolean;
  /** Whether the part is the name of a row. */
  readonly row?: boolean;
  /** What the table is of by the line above it, or null. */
  readonly title?: string | null;
  /** Other parts that the same line has values of, so that this one may not be the asked one. */
  readonly besides?: readonly string[];
}

/** What one line, row or record says of the asked metrics. */
export interface MetricReading {
  readonly values: ReadonlyMap<string, FoundValue>;
  /** Step named there, or null. */
  readonly step: number | null;
  /** Metrics whose step is that of a heading which had a value of theirs too; left out where there are none. */
  readonly behind?: readonly string[];
  /** How the line reads, its numbers aside; left out where it names its step. */
  readonly shape?: string;
  /** Asked metrics that the line may have a value of, or may not: rows that may be of another table. */
  readonly unclear?: readonly string[];
}

const LEVELS: Readonly<Record<Certainty, number>> = { exact: 7, spelled: 4, doubtful: 1 };
/** Words that say how a value was picked, and not of what it is. */
const PICKED =
  /^(?:(?:best|lowest|highest|min|max|minimum|maximum|previous|prev|old|last|former|final|initial|starting|target|baseline|expected|goal)(?:\s|$))+/;

/** How sure a value is against others of the same metric: one without a part before one with, a picked one last. */
export function levelOf(found: Pick<FoundValue, "certainty" | "part" | "headed" | "row">): number {
  const { certainty, part, headed, row } = found;
  if (part === null || headed === true) return LEVELS[certainty] + 1;
  return LEVELS[certainty] - (row !== true && PICKED.test(part) && !part.endsWith("'s") ? 1 : 0);
}
