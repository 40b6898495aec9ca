import type { Trial } from "../trial/trial.ts";

/** True once a trial has a value, so that what values mean may no longer change. */
export function hasValues(trials: readonly Trial[]): boolean {
  return trials.some(({ state }) => state === "complete" || state === "pruned");
}
