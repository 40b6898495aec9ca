import type { NotationFault } from "./number-notation.ts";

/** A place besides the output that a program may write its metrics to, looked at again and again while it runs. */
export interface MetricSource {
  /** Takes in what is new; false when there is more than there was room for. */
  poll(): boolean;
  /**
   * Takes in the last of it once the program is over, for which there has to be room, and frees what is held. `whole`: whether the
   * program ended by itself, so that a last line without a line end is not cut off.
   */
  end(whole: boolean): void;
  /** Bytes that wait to be read; left out where all is read in one go. */
  readonly unread?: number;
  /** A sentence about what was not found there, or null. */
  readonly problem: string | null;
  /** A sentence about what stands there and cannot be read, to be told even when all metrics came by other ways; or null. */
  readonly unreadable: string | null;
}

/** Whether there is room for more of what a source finds. */
export type HasRoom = () => boolean;

/** Where a source puts what it finds. */
export type TakeMetrics = (
  step: number | null,
  values: Readonly<Record<string, number>>,
  besides?: ValuesBesides,
) => void;

/** What is told with values. */
export interface ValuesBesides {
  /** What stands in place of a number, by metric. */
  readonly refused?: Readonly<Record<string, NotationFault>>;
  /** Units of values that were converted, by metric. */
  readonly units?: Readonly<Record<string, string>>;
}
