import { TrialList } from "../trial/list/trial-list.ts";
import type { Outcome, Trial } from "../trial/trial.ts";
import { FailureGroups } from "./failure-groups.ts";

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
  const failures = new FailureGroups();
  for (const trial of TrialList.of(trials).inState("failed")) failures.add(trial);
  return failures.groups;
}
