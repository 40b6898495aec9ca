import type { StudyLog } from "./study-log.ts";
import { SuggestionWorker } from "./suggestion-worker.ts";

/** Starts the thread of a study's suggestions; null, after a warning, where none can be started (`node --permission`). */
export function startSuggestionWorker(log: StudyLog): SuggestionWorker | null {
  try {
    return new SuggestionWorker(log);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    process.emitWarning(`No thread for suggestions can be started (${cause}); the main thread computes them.`);
    return null;
  }
}
