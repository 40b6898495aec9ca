import type { Attempt, TrialState } from "./trial.ts";

/** What is looked at of a trial. */
export interface UnitSource {
  readonly state: TrialState;
  readonly invalid: readonly { readonly to: number | null }[];
  readonly segments: readonly { readonly attempts: readonly Attempt[] }[];
}

/**
 * The unit that a metric's values have in a study, null for none: that of the first complete trial whose value came from a program.
 * Undefined before there is one. All complete ones have the same, because one with another fails as it ends.
 */
export function establishedUnit(trials: Iterable<UnitSource>, metric: string): string | null | undefined {
  for (const { state, invalid, segments } of trials) {
    if (state !== "complete" || invalid.some(({ to }) => to === null)) continue;
    const attempt = segments.at(-1)?.attempts.at(-1);
    if (attempt !== undefined && isOfProgram(attempt)) return attempt.units?.[metric] ?? null;
  }
  return undefined;
}

/** Functions and those who tell a value by hand have no exit code. */
export function isOfProgram({ exitCode }: Pick<Attempt, "exitCode">): boolean {
  return exitCode !== null;
}
