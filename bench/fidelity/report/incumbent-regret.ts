import { normalisedRegret } from "../../quality/runner/normalised-regret.ts";
import type { FidelityTask } from "../fidelity-task.ts";
import type { FidelityRecord } from "../run-record.ts";

/** Share by which sums of fractions may differ. */
const ROUNDING = 1e-9;

/**
 * Regret of the best value evaluated at full fidelity with so much of the budget: 1 before the first, and for one that is no better than a
 * random configuration's median.
 */
export function incumbentRegret(
  task: Pick<FidelityTask, "best" | "median">,
  { budget, incumbent }: Pick<FidelityRecord, "budget" | "incumbent">,
  share: number,
): number {
  const value = incumbent.findLast(([cost]) => cost <= share * budget * (1 + ROUNDING))?.[1];
  return value === undefined ? 1 : Math.min(1, normalisedRegret(task, value));
}
