import type { BenchTask } from "./runner/bench-task.ts";

/** How the runs of a suite are summed up; in each number less is better. */
export interface Scoring {
  /** What the mean over tasks and seeds is made of. */
  readonly loss: { readonly name: string; of(task: BenchTask, score: number): number };
  /** What methods are ranked by on one task, and compared by in pairs; the loss where there is none. */
  readonly rankBy?: (task: BenchTask, score: number) => number;
}

/** A named list of tasks. */
export interface Suite {
  readonly name: string;
  /** One sentence for the report. */
  readonly description: string;
  readonly scoring: Scoring;
  /** Runs of others that are always read, by path. */
  readonly storedRuns?: string;
  tasks(): readonly BenchTask[];
}
