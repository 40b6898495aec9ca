import type { Attempt } from "./trial.ts";

/** What is looked at of an attempt. */
export type TimedAttempt = Pick<Attempt, "startedAt" | "endedAt" | "outcome" | "seconds">;

/** Seconds the trial's attempts ran, or null before the first has ended whose time is known. */
export function trialSeconds(trial: {
  readonly segments: readonly { readonly attempts: readonly TimedAttempt[] }[];
}): number | null {
  let total: number | null = null;
  for (const { attempts } of trial.segments) {
    for (const attempt of attempts) total = withAttempt(total, attempt);
  }
  return total;
}

/** The seconds so far and those of another attempt. */
export function withAttempt(total: number | null, attempt: TimedAttempt): number | null {
  const own = attemptSeconds(attempt);
  return own === null ? total : (total ?? 0) + own;
}

/**
 * As measured, else by the wall clock, which may have been set meanwhile. A lost attempt that nobody measured ended in the log when
 * somebody noticed, be it days later: its time is not known.
 */
function attemptSeconds({ startedAt, endedAt, seconds, outcome }: TimedAttempt): number | null {
  if (endedAt === null || (seconds === undefined && outcome === "lost")) return null;
  return seconds ?? Math.max(0, endedAt - startedAt) / 1000;
}
