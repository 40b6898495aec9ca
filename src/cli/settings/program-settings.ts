import { AttuneError, type SourcePosition } from "../../errors.ts";
import { didYouMean } from "../../space/nearest-word.ts";
import { ARGS_STYLES, BOOLEAN_FORMS, type CommandInput, PARAMS_FORMATS } from "../../trial/command-input.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { keySchemas, mergeSettings, type Said, type Schema, setting, type ValueKind } from "./declaration.ts";
import { badSetting, type GivenSetting, readName } from "./given-setting.ts";
import { METRIC_SETTINGS } from "./metric-settings.ts";
import { readParamsFile, readTemplates, word } from "./value-kinds.ts";

/** How parameters reach the program; ways in are taken one by one. */
interface WaysIn {
  readonly input: CommandInput;
}

const PARAMETERS: ValueKind<readonly DeclaredParameter[]> = {
  form: "<parameter>",
  read: ({ value }) => (value as readonly string[]).map(readDeclaredParameter),
  schema: {},
};

const PARAMS_FILE: ValueKind<string> = { form: "<file>", read: readParamsFile, schema: { type: "string" } };

const TEMPLATES: ValueKind<readonly string[]> = {
  form: "<file>",
  read: readTemplates,
  schema: { anyOf: [{ type: "string" }, { type: "array", minItems: 1, items: { type: "string" } }] },
};

/** Parameters one by one, and how they reach the program. */
export const INPUT_SETTINGS = [
  setting({
    name: "param",
    value: PARAMETERS,
    into: (declared) => ({ declared }),
    again: ({ declared = [] }) => declared.map(({ name, text }) => `${name} ${text}`),
    help: 'declare a parameter: lr=1e-5..1e-1:log or "lr 1e-5..1e-1 log"',
    repeatable: true,
    inFile: false,
    commands: ["run", "try"],
    guide: "declares a parameter outside the command, without characters special to a shell: `lr=1e-5..1e-1:log`",
  }),
  setting({
    name: "args-style",
    value: word("<style>", ARGS_STYLES),
    into: (argsStyle): WaysIn => ({ input: { argsStyle } }),
    again: ({ input }) => input?.argsStyle,
    help: "how ${args} and values at places are written: equals, space, python, hydra",
    default: "equals",
    commands: ["run", "try", "confirm"],
    describe: "How ${args} and values at places are written.",
    guide:
      "how `${args}` and values at places are written: `equals`, `space`, `python`, `hydra`; see [Parameters in](parameters-in.md)",
  }),
  setting({
    name: "booleans",
    value: word("<form>", BOOLEAN_FORMS),
    into: (booleans): WaysIn => ({ input: { booleans } }),
    again: ({ input }) => input?.booleans,
    help: "a boolean behind a flag is a value, a flag (or nothing), or --flag/--no-flag: value, flag, no-flag",
    commands: ["run", "try", "confirm"],
    describe: "How a boolean behind a flag is written.",
    guide: "a boolean behind a flag: `value`, `flag`, `no-flag`",
  }),
  setting({
    name: "params-file",
    value: PARAMS_FILE,
    into: (paramsFile): WaysIn => ({ input: { paramsFile } }),
    again: ({ input }) => input?.paramsFile,
    help: "write all parameters to this file for each trial: config.json, .yaml or .toml",
    commands: ["run", "try", "confirm"],
    describe: "A file with all parameters, written for each trial: params.json, .yaml, .toml.",
    guide: "a file with all parameters, written for each trial: `config.json`, `.yaml`, `.toml`",
  }),
  setting({
    name: "template",
    value: TEMPLATES,
    into: (templates): WaysIn => ({ input: { templates } }),
    again: ({ input }) => input?.templates,
    help: "fill this file for each trial: config.yaml.attune makes config.yaml",
    repeatable: true,
    commands: ["run", "try", "confirm"],
    describe: "A file to fill for each trial, or a list of them: config.yaml.attune.",
    guide: "a config file of yours to fill for each trial: `config.yaml.attune` makes `config.yaml`",
    keyGuide: "a file to fill for each trial, or a list: `config.yaml.attune` makes `config.yaml`",
  }),
  setting({
    name: "stdin",
    value: word("<format>", PARAMS_FORMATS),
    into: (stdin): WaysIn => ({ input: { stdin } }),
    again: ({ input }) => input?.stdin,
    help: "all parameters on standard input: json, yaml or toml",
    commands: ["run", "try", "confirm"],
    describe: "All parameters on standard input.",
    guide: "all parameters on standard input: `json`, `yaml`, `toml`",
  }),
] as const;

/** A parameter that an option declared, in the text form. */
export interface DeclaredParameter {
  readonly name: string;
  readonly text: string;
}

const NAMED = /^\s*([\p{L}\p{N}_.-]+)(\s*=|\s+)\s*(.*)$/su;

/** What tells a range, choices or an order from one value. */
const SEVERAL = /\.\.|[|<]/;

/**
 * Reads `--param "NAME SPEC"` or `--param NAME=SPEC`. A spec without blanks is the form that no shell disturbs: in it `:`
 * stands for a blank and `/` for `|` (`lr=1e-5..1e-1:log`, `optimizer=adam/sgd`). `epochs = 20` is the text form of a fixed value.
 *
 * @throws AttuneError `invalid-argument` when it has no name.
 */
export function readDeclaredParameter(option: string): DeclaredParameter {
  const match = NAMED.exec(option);
  const [, name = "", separator = "", spec = ""] = match ?? [];
  if (match === null || spec.trim() === "") {
    const message = `--param is ${JSON.stringify(option)}; write --param lr=1e-5..1e-1:log, or in quotes --param "lr 1e-5..1e-1 log".`;
    throw new AttuneError("invalid-argument", message);
  }
  const text = spec.trim();
  if (/^\s+=/.test(separator) && !SEVERAL.test(text)) return { name, text: `= ${text}` };
  return { name, text: /\s/.test(text) ? text : text.replaceAll(":", " ").replaceAll("/", " | ") };
}

/** What `holdout:` may hold besides command and metric: ways in, and how metrics are read. */
const HELD_OUT_SETTINGS = [...INPUT_SETTINGS.filter(({ inFile }) => inFile !== false), ...METRIC_SETTINGS];

/** What is said of runs on held-out data. */
export interface HeldOutSettings {
  /** What the program prints, `NAME` or `OBJECTIVE=NAME`. */
  readonly metric?: readonly string[];
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

const HELD_OUT_METRIC: Schema = {
  anyOf: [
    { type: ["string", "number"] },
    { type: "object", minProperties: 1, additionalProperties: { type: ["string", "number"] } },
  ],
  description: "The metric that it prints, of several objectives by their names; the study's when left out.",
};

const HELD_OUT: ValueKind<HeldOutSettings> = {
  form: "<program>",
  read: readHeldOut,
  schema: (parts) => ({
    type: "object",
    properties: {
      command: { ...(COMMAND.schema as Schema), description: COMMAND_ABOUT },
      metric: HELD_OUT_METRIC,
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
    else if (key === "metric") found = { ...found, metric: readHeldOutMetric(part) };
    else if (declared !== undefined) found = { ...found, settings: mergeSettings(found.settings, declared.read(part)) };
    else {
      const known = ["command", "metric", ...HELD_OUT_SETTINGS.map(({ name }) => name)];
      throw badSetting(part, `holdout has no such key.${didYouMean(key, known)} Allowed: ${known.join(", ")}.`);
    }
  }
  return found;
}

function readHeldOutMetric(given: GivenSetting): readonly string[] {
  const { value } = given;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [readName(given)];
  const allowed = "give the metric's name, or {OBJECTIVE: NAME}.";
  return Object.entries(value).map(
    ([objective, name]) => `${objective}=${readName({ ...given, value: name }, allowed)}`,
  );
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
