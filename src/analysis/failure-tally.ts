import { isVisible } from "../objective/index.ts";
import type { Trial } from "../trial/trial.ts";
import { failureCauseKey } from "./failure-cause-key.ts";
import type { FailureGroup } from "./failures.ts";

/** Failed trials by outcome and cause (first sentence and last line of the message, numbers aside), counted as they come. */
export class FailureTally {
  readonly #groups = new Map<string, { count: number; last: Trial }>();
  #sorted: readonly FailureGroup[] | null = null;

  /** Counts a trial that failed and is not hidden; others change nothing. */
  add(trial: Trial): void {
    if (trial.state !== "failed" || !isVisible(trial)) return;
    this.#sorted = null;
    const key = failureCauseKey(trial);
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { count: 1, last: trial });
    else {
      group.count++;
      if (trial.number > group.last.number) group.last = trial;
    }
  }

  /** The most frequent first; the same list until another failure is counted. */
  get groups(): readonly FailureGroup[] {
    this.#sorted ??= [...this.#groups.values()]
      .map(({ count, last }) => ({ outcome: last.outcome ?? "error", count, last: last.number, message: last.message }))
      .sort((a, b) => b.count - a.count || b.last - a.last);
    return this.#sorted;
  }
}
