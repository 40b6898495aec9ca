import { isVisible } from "../objective/index.ts";
import type { Outcome, Trial } from "../trial/trial.ts";
import { failureCauseKey } from "./failure-cause-key.ts";

/** Failed trials that ended the same way, for the same cause. */
export interface FailureGroup {
  readonly outcome: Outcome;
  readonly count: number;
  /** Number of the newest of them, and what it said. */
  readonly last: number;
  readonly message: string | null;
}

/**
 * Failed trials by outcome and cause (first sentence and last line of the message, numbers aside), the most frequent first.
 */
export function groupFailures(trials: Iterable<Trial>): readonly FailureGroup[] {
  const groups = new Map<string, { count: number; last: Trial }>();
  for (const trial of trials) {
    if (trial.state !== "failed" || !isVisible(trial)) continue;
    const key = failureCauseKey(trial);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { count: 1, last: trial });
    else {
      group.count++;
      if (trial.number > group.last.number) group.last = trial;
    }
  }
  return [...groups.values()]
    .map(({ count, last }) => ({ outcome: last.outcome ?? "error", count, last: last.number, message: last.message }))
    .sort((a, b) => b.count - a.count || b.last - a.last);
}
