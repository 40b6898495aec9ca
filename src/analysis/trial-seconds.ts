import type { Attempt, Trial } from "../trial/trial.ts";

/** Seconds the trial's attempts ran, or null before the first has ended whose time is known. */
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

/**
 * As measured, else by the wall clock, which may have been set meanwhile. A lost attempt that nobody measured ended in the log when
 * somebody noticed, be it days later: its time is not known.
 */
function attemptSeconds({ startedAt, endedAt, seconds, outcome }: Attempt): number | null {
  if (endedAt === null || (seconds === undefined && outcome === "lost")) return null;
  return seconds ?? Math.max(0, endedAt - startedAt) / 1000;
}
