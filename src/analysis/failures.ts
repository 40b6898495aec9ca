import { isVisible } from "../objective/index.ts";
import type { Outcome, Trial } from "../trial/trial.ts";

/** Failed trials that ended the same way. */
export interface FailureGroup {
  readonly outcome: Outcome;
  readonly count: number;
  /** Number of the newest of them, and what it said. */
  readonly last: number;
  readonly message: string | null;
}

/** Failed trials by outcome, the most frequent first. */
export function groupFailures(trials: Iterable<Trial>): readonly FailureGroup[] {
  const groups = new Map<Outcome, { count: number; last: Trial }>();
  for (const trial of trials) {
    if (trial.state !== "failed" || !isVisible(trial)) continue;
    const outcome = trial.outcome ?? "error";
    const group = groups.get(outcome);
    if (group === undefined) groups.set(outcome, { count: 1, last: trial });
    else {
      group.count++;
      if (trial.number > group.last.number) group.last = trial;
    }
  }
  return [...groups]
    .map(([outcome, { count, last }]) => ({ outcome, count, last: last.number, message: last.message }))
    .sort((a, b) => b.count - a.count || b.last - a.last);
}
