import type { Attempt, Trial } from "./trial.ts";

interface Segmented {
  readonly segments: readonly { readonly attempts: readonly Attempt[] }[];
}

/**
 * The newest attempt of a trial that kept a checkpoint, which the trial's next one goes on from; null where there is none, or it was given up.
 * Within a trial whose newest attempt is under way this is what that one was given.
 */
export function resumableAttempt({ segments }: Segmented): Attempt | null {
  const kept = segments.flatMap(({ attempts }) => attempts).findLast(({ checkpoint }) => checkpoint !== null);
  return kept === undefined || kept.dropped !== undefined ? null : kept;
}

/**
 * The checkpoint that a trial's next attempt goes on from: its own newest one, else that of the trial it was made of; null for none.
 * `trialOf` looks that one up.
 */
export function checkpointToGoOnFrom(trial: Trial, trialOf: (number: number) => Segmented | undefined): string | null {
  const isOwn = trial.segments.some(({ attempts }) => attempts.some(({ checkpoint }) => checkpoint !== null));
  if (isOwn || trial.branch === undefined) return resumableAttempt(trial)?.checkpoint ?? null;
  const { of, segment } = trial.branch;
  const attempts = trialOf(of)?.segments[segment]?.attempts;
  return attempts?.findLast(({ checkpoint }) => checkpoint !== null)?.checkpoint ?? null;
}
