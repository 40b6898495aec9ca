import { COURSE_SETTINGS } from "./course-settings.ts";
import type { Said, SettingDeclaration } from "./declaration.ts";
import { INPUT_SETTINGS } from "./input-settings.ts";
import { LIMIT_SETTINGS } from "./limit-settings.ts";
import { METRIC_SETTINGS } from "./metric-settings.ts";
import { PROGRAM_SETTINGS } from "./program-settings.ts";
import { STUDY_SETTINGS } from "./study-settings.ts";

/** The settings by what they are about; in a help the groups and the settings in them stand in this order. */
const SETTING_GROUPS = {
  study: STUDY_SETTINGS,
  program: PROGRAM_SETTINGS,
  input: INPUT_SETTINGS,
  course: COURSE_SETTINGS,
  limits: LIMIT_SETTINGS,
  metrics: METRIC_SETTINGS,
} as const satisfies Readonly<Record<string, readonly SettingDeclaration[]>>;

export type SettingGroup = keyof typeof SETTING_GROUPS;

/** Every setting of the groups, or of all. */
export function settingsOf(
  groups: readonly SettingGroup[] = Object.keys(SETTING_GROUPS) as SettingGroup[],
): readonly SettingDeclaration[] {
  return groups.flatMap((group): readonly SettingDeclaration[] => SETTING_GROUPS[group]);
}

/** Every setting with a key in study files. */
export const FILE_SETTINGS: ReadonlyMap<string, SettingDeclaration> = new Map(
  settingsOf()
    .filter(({ inFile }) => inFile !== false)
    .map((declared) => [declared.name, declared]),
);

/** Any of the settings, with its own types. */
export type KnownSetting = (typeof SETTING_GROUPS)[SettingGroup][number];
type ValueOf<N extends string> =
  Extract<KnownSetting, { readonly name: N }> extends SettingDeclaration<N, infer V> ? V : never;

/** What a setting is when nobody gives it: its declared default, read as the option would be. */
export function defaultOf<N extends KnownSetting["name"]>(name: N): ValueOf<N> {
  const { value, default: text } = settingsOf().find((declared) => declared.name === name)!;
  return value.read({ value: text, label: `The default of --${name}`, position: null }) as ValueOf<N>;
}

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
