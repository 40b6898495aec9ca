import type { Attempt } from "./trial.ts";

/** Seconds the trial's attempts ran, or null before the first has ended whose time is known. */
export function trialSeconds(trial: {
  readonly segments: readonly { readonly attempts: readonly TimedAttempt[] }[];
}): number | null {
  let total: number | null = null;
  for (const { attempts } of trial.segments) {
    for (const { startedAt, endedAt, seconds, outcome } of attempts) {
      const own = endedAt === null ? null : attemptSeconds(startedAt, endedAt, seconds ?? null, outcome);
      if (own !== null) total = (total ?? 0) + own;
    }
  }
  return total;
}

/** What is looked at of an attempt. */
type TimedAttempt = Pick<Attempt, "startedAt" | "endedAt" | "outcome" | "seconds">;

/**
 * Of an attempt that has ended: as measured, else by the wall clock, which may have been set meanwhile. A lost attempt that nobody
 * measured ended in the log when somebody noticed, be it days later: its time is not known, null.
 */
export function attemptSeconds(
  startedAt: number,
  endedAt: number,
  measured: number | null,
  outcome: Attempt["outcome"],
): number | null {
  if (measured === null && outcome === "lost") return null;
  return measured ?? Math.max(0, endedAt - startedAt) / 1000;
}
