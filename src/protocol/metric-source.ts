/** A place besides the output that a program may write its metrics to, looked at again and again while it runs. */
export interface MetricSource {
  /** Takes in what is new. */
  poll(): void;
  /** Takes in the rest once the program is over, and frees what is held. */
  end(): void;
  /** A sentence about what could not be read, or null. */
  readonly problem: string | null;
}

/** Where a source puts what it finds. */
export type TakeMetrics = (step: number | null, values: Readonly<Record<string, number>>) => void;
