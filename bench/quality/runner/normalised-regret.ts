import type { BenchTask } from "./bench-task.ts";

/** 0 at the best score known, 1 at a random configuration's median, below 0 for better than known. */
export function normalisedRegret({ best, median }: Pick<BenchTask, "best" | "median">, score: number): number {
  return (best - score) / (best - median);
}
