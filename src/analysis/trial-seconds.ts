import type { Trial } from "../trial/trial.ts";

/** Seconds the trial's attempts ran, or null before the first has ended. */
export function trialSeconds(trial: Trial): number | null {
  let milliseconds: number | null = null;
  for (const { attempts } of trial.segments) {
    for (const { startedAt, endedAt } of attempts) {
      if (endedAt !== null) milliseconds = (milliseconds ?? 0) + Math.max(0, endedAt - startedAt);
    }
  }
  return milliseconds === null ? null : milliseconds / 1000;
}
