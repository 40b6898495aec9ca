import type { Attempt, Trial } from "../trial/trial.ts";

/** Seconds the trial's attempts ran, or null before the first has ended. */
export function trialSeconds(trial: Trial): number | null {
  let total: number | null = null;
  for (const { attempts } of trial.segments) {
    for (const attempt of attempts) {
      const own = attemptSeconds(attempt);
      if (own !== null) total = (total ?? 0) + own;
    }
  }
  return total;
}

/** As measured, else by the wall clock, which may have been set meanwhile. */
function attemptSeconds({ startedAt, endedAt, seconds }: Attempt): number | null {
  if (endedAt === null) return null;
  return seconds ?? Math.max(0, endedAt - startedAt) / 1000;
}
