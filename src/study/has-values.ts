import type { Trial } from "../trial/trial.ts";

/** True once a trial has a value, so that what values mean may no longer change. */
export function hasValues(trials: Iterable<Pick<Trial, "state">>): boolean {
  for (const { state } of trials) if (state === "complete" || state === "pruned") return true;
  return false;
}
