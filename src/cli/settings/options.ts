import { type Command, Option } from "commander";
import { camelCase, type SettingDeclaration, type WordSource } from "./declaration.ts";
import type { GivenSetting } from "./given-setting.ts";
import { mergeSettings } from "./merge-settings.ts";
import type { RunSettings } from "./run-settings.ts";
import { type SettingGroup, settingsOf } from "./table.ts";

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
export function optionOf(declared: SettingDeclaration, command: string): Option {
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
