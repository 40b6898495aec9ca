import type { RunSettings } from "./run-settings.ts";
import type { Setting } from "./setting.ts";

/** How one key of a study file is read into the settings. */
export type KeyReader = (setting: Setting) => Partial<RunSettings>;
