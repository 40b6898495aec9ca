import { parseDuration } from "./duration.ts";

/** What a study may use up in all: steps, full runs, or seconds of tuning. */
export interface GivenBudget {
  readonly unit: "steps" | "runs" | "seconds";
  /** Finite, above 0. */
  readonly amount: number;
}

/** What {@link parseBudget} takes, in words. */
export const BUDGET_TAKES = "'2000 steps', '30 runs' (full ones) or a time (90, 30s, 10m, 2h)";

/** Reads `2000 steps`, `30 runs`, or a time as of `--timeout`; null for anything else. */
export function parseBudget(given: unknown): GivenBudget | null {
  if (typeof given !== "string" && typeof given !== "number") return null;
  const text = String(given);
  const [, count, unit] = /^\s*(\d+(?:\.\d*)?(?:e\+?\d+)?|\.\d+)\s*(steps?|runs?)\s*$/.exec(text) ?? [];
  const amount = count === undefined ? parseDuration(text) : Number(count);
  if (amount === null || !Number.isFinite(amount) || amount <= 0) return null;
  return { unit: unit === undefined ? "seconds" : unit.startsWith("step") ? "steps" : "runs", amount };
}
