/** One run of a method over a task's curves in one order. */
export interface ReplayRecord {
  readonly task: string;
  readonly method: string;
  readonly order: number;
  /** Epochs that were run, as a share of all. */
  readonly cost: number;
  /** Of the best twentieth those that did not come to their end. */
  readonly lost: readonly number[];
  readonly best: readonly number[];
  /** Of `curve`: each chance that it stated, whether the trial came to the bar, and the configuration. */
  readonly stated?: readonly (readonly [number, number, number])[];
}
