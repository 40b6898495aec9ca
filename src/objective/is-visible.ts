import type { Trial } from "../trial/trial.ts";

/** False while the trial is marked invalid, as of the newest revision it was read at. */
export function isVisible(trial: Trial): boolean {
  return trial.invalid.every((interval) => interval.to !== null);
}
