import { AttuneError, type SourcePosition } from "../../errors.ts";
import { didYouMean } from "../../space/nearest-word.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { keySchemas, mergeSettings, type Said, type Schema, setting, type ValueKind } from "./declaration.ts";
import { badSetting, type GivenSetting, readName } from "./given-setting.ts";
import { INPUT_SETTINGS } from "./input-settings.ts";
import { METRIC_SETTINGS } from "./metric-settings.ts";

/** What `holdout:` may hold besides command and metric: ways in, and how metrics are read. */
const HELD_OUT_SETTINGS = [...INPUT_SETTINGS.filter(({ inFile }) => inFile !== false), ...METRIC_SETTINGS];

/** What is said of runs on held-out data. */
export interface HeldOutSettings {
  readonly metric?: string;
  readonly command?: LocatedCommand;
  /** How parameters reach that program, and how its metrics are read. */
  readonly settings: Said<typeof INPUT_SETTINGS | typeof METRIC_SETTINGS>;
}

const COMMAND: ValueKind<LocatedCommand> = {
  form: "<command>",
  read: readCommand,
  schema: {
    anyOf: [{ type: "string" }, { type: "array", minItems: 1, items: { type: ["string", "number", "boolean"] } }],
  },
};

const COMMAND_ABOUT = "The program: a list run as it is, or a text for the shell. ${name} is a parameter's value.";

const HELD_OUT: ValueKind<HeldOutSettings> = {
  form: "<program>",
  read: readHeldOut,
  schema: (parts) => ({
    type: "object",
    properties: {
      command: { ...(COMMAND.schema as Schema), description: COMMAND_ABOUT },
      metric: { type: ["string", "number"], description: "The metric that it prints; the study's when left out." },
      ...keySchemas(HELD_OUT_SETTINGS, parts),
    },
    additionalProperties: false,
  }),
};

/** The programs that a study runs; on a command line they stand behind `--`. */
export const PROGRAM_SETTINGS = [
  setting({
    name: "command",
    value: COMMAND,
    help: "the program",
    commands: [],
    describe: COMMAND_ABOUT,
    keyGuide: "the program, [see below](#the-command)",
  }),
  setting({
    name: "holdout",
    value: HELD_OUT,
    help: "what attune confirm --holdout runs",
    commands: [],
    describe: "The program that attune confirm --holdout runs on data that the search never saw, and its metric.",
    keyGuide:
      "what `attune confirm --holdout` runs: `{command: […], metric: test_loss}`; see [judged on held-out data](held-out.md)",
  }),
] as const;

function readHeldOut(given: GivenSetting): HeldOutSettings {
  const { value } = given;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw badSetting(
      given,
      "give the command that runs on held-out data: {command: [python, test.py, '${lr}'], metric: acc}.",
    );
  let found: HeldOutSettings = { settings: {} };
  for (const [key, inner] of Object.entries(value)) {
    const position = given.source?.locate(["holdout", key]) ?? given.position;
    const part: GivenSetting = { value: inner, label: `holdout.${key}`, position };
    const declared = HELD_OUT_SETTINGS.find(({ name }) => name === key);
    if (key === "command") found = { ...found, command: readCommand(part) };
    else if (key === "metric") found = { ...found, metric: readName(part) };
    else if (declared !== undefined) found = { ...found, settings: mergeSettings(found.settings, declared.read(part)) };
    else {
      const known = ["command", "metric", ...HELD_OUT_SETTINGS.map(({ name }) => name)];
      throw badSetting(part, `holdout has no such key.${didYouMean(key, known)} Allowed: ${known.join(", ")}.`);
    }
  }
  return found;
}

function readCommand(given: GivenSetting): LocatedCommand {
  const { value, source } = given;
  if (typeof value === "string" && value.trim() !== "") {
    const locate =
      source === undefined ? null : (_: number, inside: SourcePosition) => source.locateInside(["command"], inside);
    return { template: { shell: value }, locate };
  }
  if (!Array.isArray(value) || value.length === 0) {
    throw badSetting(given, "give a list ([python, train.py]) or a text for the shell.");
  }
  const argv = value.map((item: unknown, place) => readArgument(item, place, given));
  const locate =
    source === undefined
      ? null
      : (argument: number, inside: SourcePosition) => source.locateInside(["command", argument], inside);
  return { template: { argv }, locate };
}

function readArgument(item: unknown, place: number, given: GivenSetting): string {
  if (typeof item === "string") return item;
  if (typeof item === "number" || typeof item === "boolean") return String(item);
  const message =
    `${given.label}: item ${place + 1} is ${JSON.stringify(item)}; give texts. ` +
    `A declaration needs quotes in YAML: "{lr: 1e-5..1e-1 log}".`;
  const position = given.source?.locate(["command", place]) ?? given.position;
  throw new AttuneError("invalid-file", message, position === null ? {} : { position });
}

/** A command with the place of each of its arguments in the study file; null when it came from the command line. */
export interface LocatedCommand {
  readonly template: CommandTemplate;
  readonly locate: ((argument: number, inside: SourcePosition) => SourcePosition) | null;
}
