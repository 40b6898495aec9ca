import { mergeSettings } from "../study-file/merge-settings.ts";
import type { RunSettings } from "../study-file/run-settings.ts";
import { STUDY_KEYS } from "../study-file/study-keys.ts";

/** Options about the ways in, with their keys. */
const WAYS_IN = [
  ["argsStyle", "args-style"],
  ["booleans", "booleans"],
  ["paramsFile", "params-file"],
  ["template", "template"],
  ["stdin", "stdin"],
] as const;

/** The options about how parameters reach a program, as commander hands them over. */
export interface WayInOptions {
  readonly argsStyle?: string;
  readonly booleans?: string;
  readonly paramsFile?: string;
  readonly template?: readonly string[];
  readonly stdin?: string;
}

/** What these options say; every option has the name of its key in a study file. */
export function readWayInOptions(options: WayInOptions): RunSettings {
  let settings: RunSettings = {};
  for (const [option, key] of WAYS_IN) {
    const value = options[option];
    if (value === undefined) continue;
    settings = mergeSettings(settings, STUDY_KEYS[key]!({ value, label: `--${key}`, position: null }));
  }
  return settings;
}
