import type { SchedulerStudy } from "../scheduler/scheduler.ts";
import type { Space } from "../space/index.ts";
import type { StudySettings } from "../trial/study-definition.ts";

/** What a scheduler may know of a study with these settings. */
export function schedulerStudy(
  { limits, grows }: Pick<StudySettings, "limits" | "grows">,
  space: Space,
  seed: number,
): SchedulerStudy {
  return { space, seed, ...(limits !== undefined && { limits }), ...(grows !== undefined && { grows }) };
}
