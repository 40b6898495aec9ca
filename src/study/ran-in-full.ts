import type { JobResult } from "../executor/executor.ts";
import { decodeNumber } from "../trial/encoded-number.ts";

/**
 * The result of a program that has told the last step of a full run (`isWhole`): one that was asked to end, and had done all of its work when
 * it ended well by itself, is complete. What it did would be done again.
 */
export function takeWholeRun(result: JobResult, isWhole: boolean, metrics: readonly string[]): JobResult {
  const { state, values, end } = result;
  if (!isWhole || state !== null || end.outcome !== "preempted" || end.exitCode !== 0) return result;
  const hasAll = metrics.every((name) => values[name] !== undefined && !Number.isNaN(decodeNumber(values[name])));
  return hasAll ? { ...result, state: "complete", end: { ...end, outcome: "ok", message: null } } : result;
}
