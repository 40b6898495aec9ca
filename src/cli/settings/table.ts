import { type Command, Option } from "commander";
import { COURSE_SETTINGS, LIMIT_SETTINGS } from "./course-settings.ts";
import {
  type Camel,
  camelCase,
  keyOf,
  mergeSettings,
  type Said,
  type SettingDeclaration,
  type WordSource,
} from "./declaration.ts";
import type { GivenSetting } from "./given-setting.ts";
import { METRIC_SETTINGS } from "./metric-settings.ts";
import { INPUT_SETTINGS, PROGRAM_SETTINGS } from "./program-settings.ts";
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
    .map((declared) => [keyOf(declared), declared]),
);

/** Any of the settings, with its own types. */
type KnownSetting = (typeof SETTING_GROUPS)[SettingGroup][number];
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

/** What an option is besides its flags and its line in the help. */
export interface OptionDetails {
  /** What its value is completed with; else files do. */
  readonly words?: WordSource | readonly string[] | undefined;
  /** What the guide says of it, in Markdown; else the help does. */
  readonly guide?: string | undefined;
  /** The version that had it first, when that is not 0.1. */
  readonly since?: string | undefined;
}

/** An option that knows what completes its value and what the guide says of it. */
export class DeclaredOption extends Option {
  readonly details: OptionDetails;

  constructor(flags: string, about: string, details: OptionDetails) {
    super(flags, about);
    this.details = details;
  }
}

/** Declares the settings that a command takes, of the groups named or of all. */
export function addSettings(command: Command, name: string, groups?: readonly SettingGroup[]): Command {
  const taken = settingsOf(groups).filter(({ commands }) => commands.includes(name));
  for (const declared of taken) command.addOption(optionOf(declared, name));
  return command;
}

/**
 * What the options say that commander hands over, of the groups named or of all.
 *
 * @throws AttuneError `invalid-argument` that names the option.
 */
export async function readSettings(options: object, groups?: readonly SettingGroup[]): Promise<RunSettings> {
  const given: Readonly<Record<string, unknown>> = { ...options };
  let settings: RunSettings = {};
  for (const { name, commands, value: kind, read } of settingsOf(groups)) {
    const value = given[camelCase(name)];
    if (commands.length === 0 || value === undefined) continue;
    const asGiven: GivenSetting = { value, label: `--${name}`, position: null };
    settings = mergeSettings(settings, read((await kind.ofOption?.(asGiven)) ?? asGiven));
  }
  return settings;
}

/** A setting as an option of a command. */
function optionOf(declared: SettingDeclaration, command: string): Option {
  const { name, short, value, repeatable, guide, helpIn, since } = declared;
  const flags = `${short === undefined ? "" : `-${short}, `}--${name}${value.form === "" ? "" : ` ${value.form}`}`;
  const details = { words: value.words, guide: helpIn?.[command] === undefined ? guide : undefined, since };
  const option = new DeclaredOption(flags, helpOf(declared, command), details);
  if (repeatable) option.argParser((item, before: readonly string[] = []) => [...before, item]);
  return option;
}

function helpOf({ help, helpIn = {}, default: usual, repeatable }: SettingDeclaration, command: string): string {
  const again = repeatable ? "; may be given again" : "";
  return `${helpIn[command] ?? help}${again}${usual === undefined ? "" : ` (default: ${usual})`}`;
}

/** Declares what every command about one study takes: `[study]`, `--study`, `--storage`. */
export function addStudyTarget(command: Command): Command {
  return command
    .argument("[study]", "the study's name or its study file; may be left out when the storage holds one study")
    .addOption(studyOption("the same as an option"))
    .addOption(storageOption());
}

/** `--study`, for a command whose words say more than the study. */
export function studyOption(about = "the study (may be left out when the storage holds one)"): Option {
  const guide = "the study's name or its study file; may be left out where the storage holds one study";
  return new DeclaredOption("--study <name>", about, { words: "studies", guide });
}

/** `--storage`. */
export function storageOption(about?: string): Option {
  const storage = STUDY_SETTINGS.find(({ name }) => name === "storage")!;
  return optionOf(about === undefined ? storage : { ...storage, help: about, guide: about }, "");
}

/** Gathers the values of an option that may be given again. */
export function collect(expression: string, before: readonly string[] = []): readonly string[] {
  return [...before, expression];
}

/** Settings as commander hands them over. */
type GivenSettings = {
  readonly [D in KnownSetting as Camel<D["name"]>]?: string | readonly string[] | boolean;
};

/** The options of commands that take settings, as commander hands them over. */
export interface RunCommandOptions extends GivenSettings {
  readonly study?: string;
  readonly storage?: string;
  readonly keepGoing?: boolean;
  readonly dryRun?: boolean;
  readonly trustCommand?: boolean;
  readonly ui?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}
