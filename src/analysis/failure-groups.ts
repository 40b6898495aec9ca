import { isVisible } from "../objective/index.ts";
import type { Trial } from "../trial/trial.ts";
import { failureCauseKey } from "./failure-cause-key.ts";
import type { FailureGroup } from "./failures.ts";

/** Failed trials by outcome and cause (first sentence and last line of the message, numbers aside), counted as they come. */
export class FailureGroups {
  readonly #byKey = new Map<string, FailureGroup>();
  readonly #sorted: FailureGroup[] = [];

  /** Counts a trial that failed and is not hidden; others change nothing. */
  add(trial: Trial): void {
    if (trial.state !== "failed" || !isVisible(trial)) return;
    const key = failureCauseKey(trial);
    const known = this.#byKey.get(key);
    if (known !== undefined) this.#sorted.splice(this.#placeOf(known), 1);
    const isNewest = known === undefined || trial.number > known.last;
    const { outcome, last, message } = isNewest ? newestOf(trial) : known;
    const group = { outcome, count: (known?.count ?? 0) + 1, last, message };
    this.#byKey.set(key, group);
    this.#sorted.splice(this.#placeOf(group), 0, group);
  }

  /** The most frequent first: one list, in which each failure counted finds its place; nothing is sorted again when it is asked for. */
  get groups(): readonly FailureGroup[] {
    return this.#sorted;
  }

  /** Where it stands, or would. No two groups have the same newest trial. */
  #placeOf({ count, last }: FailureGroup): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#sorted[middle]!;
      if (other.count > count || (other.count === count && other.last > last)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function newestOf({ outcome, number, message }: Trial): Omit<FailureGroup, "count"> {
  return { outcome: outcome ?? "error", last: number, message };
}
