import { median } from "../../support/statistics.ts";
import type { MethodRuns } from "./method-runs.ts";

/** Shares of the budget that are looked at. */
const GRID = Array.from({ length: 300 }, (_, i) => (i + 1) / 300);

/**
 * The share of the budget with which a method comes to the mean regret that another has with the whole, median over tasks: Infinity on
 * those where it never does.
 */
export function costToReach(runs: MethodRuns, reference: MethodRuns): number {
  const curves = GRID.map((share) => runs.regrets(share));
  const costs = reference.regrets(1).map((target, t) => {
    const first = curves.findIndex((regrets) => regrets[t]! <= target + 1e-12);
    return first === -1 ? Number.POSITIVE_INFINITY : GRID[first]!;
  });
  return median(costs);
}
