import type { StudyLog } from "./study-log.ts";

/** Always null: a page computes its suggestions itself. */
export function startSuggestionWorker(_log: StudyLog): null {
  return null;
}
