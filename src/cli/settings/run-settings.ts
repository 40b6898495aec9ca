import type { COURSE_SETTINGS } from "./course-settings.ts";
import type { Said } from "./declaration.ts";
import type { INPUT_SETTINGS } from "./input-settings.ts";
import type { LIMIT_SETTINGS } from "./limit-settings.ts";
import type { METRIC_SETTINGS } from "./metric-settings.ts";
import type { PROGRAM_SETTINGS } from "./program-settings.ts";
import type { STUDY_SETTINGS } from "./study-settings.ts";

type All =
  | typeof STUDY_SETTINGS
  | typeof PROGRAM_SETTINGS
  | typeof INPUT_SETTINGS
  | typeof COURSE_SETTINGS
  | typeof LIMIT_SETTINGS
  | typeof METRIC_SETTINGS;

/** What a study file or the options of a command line say; what is left out was not said. */
export interface RunSettings extends Said<All> {
  /** The study's scheduler stops no trial early. */
  readonly unscheduled?: boolean;
}
