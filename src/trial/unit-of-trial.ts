import type { Attempt, TrialState } from "./trial.ts";

/** What is looked at of a trial. */
export interface UnitSource {
  readonly state: TrialState;
  readonly invalid: readonly { readonly to: number | null }[];
  readonly segments: readonly { readonly attempts: readonly Attempt[] }[];
}

/** Whether a trial says which unit its study's metrics have: a complete one of a program. */
export function hasUnit({ state, invalid, segments }: UnitSource): boolean {
  if (state !== "complete" || invalid.some(({ to }) => to === null)) return false;
  const attempt = segments.at(-1)?.attempts.at(-1);
  return attempt !== undefined && isOfProgram(attempt);
}

/** The unit of a metric in that trial, null for none. */
export function unitOfTrial({ segments }: Pick<UnitSource, "segments">, metric: string): string | null {
  return segments.at(-1)?.attempts.at(-1)?.units?.[metric] ?? null;
}

/** Functions and those who tell a value by hand have no exit code. */
export function isOfProgram({ exitCode }: Pick<Attempt, "exitCode">): boolean {
  return exitCode !== null;
}
