import { AttuneError, type SourcePosition } from "../../errors.ts";
import { type Params, toJsonValue } from "../../space/index.ts";
import { didYouMean } from "../../space/nearest-word.ts";
import { ARGS_STYLES, BOOLEAN_FORMS, PARAMS_FORMATS } from "../../trial/command-input.ts";
import { readComponent } from "./component-setting.ts";
import { readParamsFile, readTemplates, readWord } from "./input-setting.ts";
import type { KeyReader } from "./key-reader.ts";
import type { LocatedCommand } from "./located-command.ts";
import { readWhere } from "./located-where.ts";
import { mergeSettings } from "./merge-settings.ts";
import { METRIC_KEYS } from "./metric-keys.ts";
import type { HeldOutSettings } from "./run-settings.ts";
import { SAFETY_KEYS } from "./safety-keys.ts";
import { badSetting, readCount, readDuration, readFlag, readName, readNumber, type Setting } from "./setting.ts";

const WAY_IN_KEYS = {
  "args-style": (setting) => ({ input: { argsStyle: readWord(setting, ARGS_STYLES) } }),
  booleans: (setting) => ({ input: { booleans: readWord(setting, BOOLEAN_FORMS) } }),
  "params-file": (setting) => ({ input: { paramsFile: readParamsFile(setting) } }),
  template: (setting) => ({ input: { templates: readTemplates(setting) } }),
  stdin: (setting) => ({ input: { stdin: readWord(setting, PARAMS_FORMATS) } }),
} as const satisfies Readonly<Record<string, KeyReader>>;

const KEYS = {
  study: (setting) => ({ study: readName(setting) }),
  minimize: (setting) => ({ metric: { name: readName(setting), direction: "minimize" } }),
  maximize: (setting) => ({ metric: { name: readName(setting), direction: "maximize" } }),
  trials: (setting) => ({ trials: readCount(setting, 0) }),
  workers: (setting) => ({ workers: readCount(setting, 1) }),
  sampler: (setting) => ({ sampler: readComponent(setting), samplerPosition: setting.position ?? undefined }),
  think: (setting) => ({
    think: readName(setting, "give the time that a suggestion may take: 50ms."),
    thinkPosition: setting.position ?? undefined,
  }),
  seed: (setting) => ({ seed: readCount(setting, 0) }),
  scheduler: (setting) => ({ scheduler: readComponent(setting), schedulerPosition: setting.position ?? undefined }),
  target: (setting) => ({ target: readNumber(setting) }),
  patience: (setting) => ({ patience: readCount(setting, 1) }),
  timeout: (setting) => ({ timeout: readDuration(setting) }),
  grace: (setting) => ({ grace: readDuration(setting) }),
  ...METRIC_KEYS,
  ...SAFETY_KEYS,
  storage: (setting) => ({ storage: readName(setting, "give a file or a URL.") }),
  "keep-going": (setting) => ({ keepGoing: readFlag(setting) }),
  where: (setting) => ({ where: readWhere(setting) }),
  was: (setting) => ({ was: readWasMapping(setting) }),
  command: (setting) => ({ command: readCommand(setting) }),
  holdout: (setting) => ({ holdout: readHeldOut(setting) }),
  ...WAY_IN_KEYS,
} as const satisfies Readonly<Record<string, KeyReader>>;

/** A key of a study file except `space`. */
export type StudyKey = keyof typeof KEYS;

/** Every key of a study file except `space`, which needs places of its own. */
export const STUDY_KEYS: Readonly<Record<string, KeyReader>> = KEYS;

/** What `holdout:` may hold besides command and metric: ways in, and how metrics are read. */
const HELD_OUT_KEYS: Readonly<Record<string, KeyReader>> = { ...WAY_IN_KEYS, ...METRIC_KEYS };

function readHeldOut(setting: Setting): HeldOutSettings {
  const { value } = setting;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw badSetting(
      setting,
      "give the command that runs on held-out data: {command: [python, test.py, '${lr}'], metric: acc}.",
    );
  let found: HeldOutSettings = { settings: {} };
  for (const [key, inner] of Object.entries(value)) {
    const position = setting.source?.locate(["holdout", key]) ?? setting.position;
    const part: Setting = { value: inner, label: `holdout.${key}`, position };
    if (key === "command") found = { ...found, command: readCommand(part) };
    else if (key === "metric") found = { ...found, metric: readName(part) };
    else if (Object.hasOwn(HELD_OUT_KEYS, key))
      found = { ...found, settings: mergeSettings(found.settings, HELD_OUT_KEYS[key]!(part)) };
    else {
      const known = ["command", "metric", ...Object.keys(HELD_OUT_KEYS)];
      throw badSetting(part, `holdout has no such key.${didYouMean(key, known)} Allowed: ${known.join(", ")}.`);
    }
  }
  return found;
}

function readWasMapping(setting: Setting): Params {
  const value = toJsonValue(setting.value);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Params;
  throw badSetting(setting, "give the values that trials without a parameter count as: {dropout: 0}.");
}

function readCommand(setting: Setting): LocatedCommand {
  const { value, source } = setting;
  if (typeof value === "string" && value.trim() !== "") {
    const locate =
      source === undefined ? null : (_: number, inside: SourcePosition) => source.locateInside(["command"], inside);
    return { template: { shell: value }, locate };
  }
  if (!Array.isArray(value) || value.length === 0) {
    throw badSetting(setting, "give a list ([python, train.py]) or a text for the shell.");
  }
  const argv = value.map((item: unknown, place) => readArgument(item, place, setting));
  const locate =
    source === undefined
      ? null
      : (argument: number, inside: SourcePosition) => source.locateInside(["command", argument], inside);
  return { template: { argv }, locate };
}

function readArgument(item: unknown, place: number, setting: Setting): string {
  if (typeof item === "string") return item;
  if (typeof item === "number" || typeof item === "boolean") return String(item);
  const message =
    `${setting.label}: item ${place + 1} is ${JSON.stringify(item)}; give texts. ` +
    `A declaration needs quotes in YAML: "{lr: 1e-5..1e-1 log}".`;
  const position = setting.source?.locate(["command", place]) ?? setting.position;
  throw new AttuneError("invalid-file", message, position === null ? {} : { position });
}
