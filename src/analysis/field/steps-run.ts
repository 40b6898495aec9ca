import type { Trial } from "../../trial/trial.ts";

/** Steps that a trial's attempts have run together, as the ledger counts them; null before one has ended of which it is known. */
export function stepsRun({ segments }: Pick<Trial, "segments">): number | null {
  let sum: number | null = null;
  for (const { attempts } of segments)
    for (const { steps } of attempts) if (steps !== undefined) sum = (sum ?? 0) + steps;
  return sum;
}
