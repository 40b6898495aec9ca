import type { StudySettings } from "../trial/study-definition.ts";

/** How many times a trial of the study starts its program, once a fold; null where it does so once, without a fold. */
export function foldsOf({ extra: { folds } }: Pick<StudySettings, "extra">): number | null {
  return typeof folds === "number" ? folds : null;
}
