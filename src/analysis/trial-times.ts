import { TrialList } from "../trial/list/trial-list.ts";
import type { Trial } from "../trial/trial.ts";

/** What trials took, in seconds; attempts that were cut short count too, lost ones where their time is known. */
export interface TrialTimes {
  readonly total: number;
  /** Of one trial: half of them took at most this. */
  readonly median: number;
}

/** What the ended attempts of these trials took together, and of one trial in the middle; null when none has ended. */
export function trialTimes(trials: Iterable<Trial>): TrialTimes | null {
  const all = TrialList.of(trials).seconds;
  const seconds = all.includes(Number.NaN) ? all.filter((own) => !Number.isNaN(own)) : all.slice();
  if (seconds.length === 0) return null;
  seconds.sort();
  let total = 0;
  for (const own of seconds) total += own;
  return { total, median: seconds[(seconds.length - 1) >> 1]! };
}
