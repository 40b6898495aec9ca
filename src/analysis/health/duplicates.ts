import { STATE_CODES } from "../../trial/history-view.ts";
import type { TrialList } from "../../trial/list/trial-list.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/** Trials that ran what had been run before, though nobody asked for it. */
export interface Duplicates {
  /** Complete trials that the sampler suggested, and those among them that were run before. */
  readonly trials: number;
  readonly repeated: number;
  /** The newest of these, and the trial with the same configuration. */
  readonly last: number;
  readonly first: number;
}

/** Fewer happen by chance in any space with few values. */
const FEWEST = 5;
const SHARE = 0.1;

/**
 * The trials whose configuration a sampler suggested again; null for less than five or a tenth of all. What a person enqueued or
 * imported, fresh runs on seeds of their own and members that a scheduler carries on are none: these are repeated on purpose.
 */
export function duplicates(list: TrialList): Duplicates | null {
  const { states, hidden, replicates, imported, configurations, numbers, length } = list;
  if (list.isEachConfigurationNew) return null;
  const firstOf = new Map<number, number>();
  let trials = 0;
  let repeated = 0;
  let last: { readonly last: number; readonly first: number } | null = null;
  for (let place = 0; place < length; place++) {
    if (states[place] !== COMPLETE || hidden[place] === 1 || replicates[place] === 1 || imported[place] === 1) continue;
    trials += 1;
    const first = firstOf.get(configurations[place]!);
    if (first === undefined) firstOf.set(configurations[place]!, numbers[place]!);
    else if (list.at(place)!.origin === "sampler") {
      repeated += 1;
      last = { last: numbers[place]!, first };
    }
  }
  return last === null || repeated < FEWEST || repeated < SHARE * trials ? null : { trials, repeated, ...last };
}
