import type { Attempt } from "./trial.ts";

/**
 * The newest attempt of a trial that kept a checkpoint, which the trial's next one goes on from; null where there is none, or it was given up.
 * Within a trial whose newest attempt is under way this is what that one was given.
 */
export function resumableAttempt({
  segments,
}: {
  readonly segments: readonly { readonly attempts: readonly Attempt[] }[];
}): Attempt | null {
  const kept = segments.flatMap(({ attempts }) => attempts).findLast(({ checkpoint }) => checkpoint !== null);
  return kept === undefined || kept.dropped !== undefined ? null : kept;
}
