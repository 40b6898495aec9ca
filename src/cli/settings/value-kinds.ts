import { AttuneError } from "../../errors.ts";
import { TEMPLATE_ENDING } from "../../protocol/input-files.ts";
import { paramsFormat } from "../../protocol/template-syntax.ts";
import type { JsonValue } from "../../space/json.ts";
import { BUDGET_TAKES, parseBudget } from "../../study/parse-budget.ts";
import type { ComponentChoice } from "../../trial/study-definition.ts";
import type { Schema, ValueKind } from "./declaration.ts";
import {
  badSetting,
  type GivenSetting,
  readCount,
  readDuration,
  readFlag,
  readName,
  readSize,
} from "./given-setting.ts";

const NAME: Schema = { type: ["string", "number"] };
const TIME: Schema = {
  anyOf: [
    { type: "number", minimum: 0 },
    { type: "string", pattern: "^\\s*((\\d+\\.?\\d*|\\.\\d+)\\s*(ms|s|min|m|h|d)?\\s*)+$" },
  ],
};
const SIZE: Schema = { type: ["string", "integer"] };

/** A name; `allowed` is said of anything else. */
export function name(form = "<name>", allowed = "give a name."): ValueKind<string> {
  return { form, read: (given) => readName(given, allowed), schema: NAME };
}

/** A text such as a path. */
export function text(form: string, allowed: string, schema: Schema = {}): ValueKind<string> {
  return { form, read: (given) => readName(given, allowed), schema: { type: "string", ...schema } };
}

/** Several names, in an option separated by commas. */
export function names(form: string): ValueKind<readonly string[]> {
  return { form, read: readNames, schema: { anyOf: [NAME, { type: "array", items: NAME }] } };
}

/** A whole number from `low` up, or to `high`. */
export function count(low: number, high = Number.MAX_SAFE_INTEGER): ValueKind<number> {
  const most: Schema = high === Number.MAX_SAFE_INTEGER ? {} : { maximum: high };
  const schema = { type: ["integer", "string"], minimum: low, ...most, pattern: "^\\s*\\d+\\s*$" };
  const read = (given: GivenSetting): number => {
    if (high === Number.MAX_SAFE_INTEGER) return readCount(given, low);
    const number = readCount(given, low);
    if (number <= high) return number;
    throw badSetting(given, `give a whole number from ${low} to ${high}.`);
  };
  return { form: "<number>", read, schema };
}

/** A time in seconds. */
export const time: ValueKind<number> = { form: "<time>", read: readDuration, schema: TIME };

/** A time in seconds that ends something, above 0. */
export const timeLimit: ValueKind<number> = { form: "<time>", read: readTimeLimit, schema: TIME };

/** What a study may use up in all, as it was written; a number is a time in seconds. */
export const budget: ValueKind<string> = {
  form: "<budget>",
  read: (given) => {
    if (parseBudget(given.value) !== null) return String(given.value);
    throw badSetting(given, `give ${BUDGET_TAKES}.`);
  },
  schema: {
    anyOf: [
      { type: "number", exclusiveMinimum: 0 },
      {
        type: "string",
        pattern:
          "^\\s*(\\d+\\.?\\d*|\\.\\d+)(e\\+?\\d+)?\\s*(steps?|runs?|ms|s|min|m|h|d)?([\\d.\\s]|ms|s|min|m|h|d)*$",
      },
    ],
  },
};

/** A size in bytes from `low` up. */
export function size(low: number): ValueKind<number> {
  return { form: "<size>", read: (given) => readSize(given, low), schema: SIZE };
}

/** Yes or no; an option without a value. */
export const flag: ValueKind<boolean> = { form: "", read: readFlag, schema: { type: "boolean" } };

/** One of a list of words. */
export function word<W extends string>(form: string, words: readonly W[]): ValueKind<W> {
  return { form, read: (given) => readWord(given, words), schema: { enum: [...words] }, words };
}

/** A sampler or scheduler by its name, with options or without. */
export function component(kind: "sampler" | "scheduler"): ValueKind<ComponentChoice> {
  return {
    form: `<${kind}>`,
    read: readComponent,
    schema: (parts) => {
      const known = [...parts[`${kind}s`]];
      const mapping = { type: "object", required: ["name"], properties: { name: { enum: known } } };
      return { anyOf: [{ enum: known }, mapping] };
    },
    words: `${kind}s`,
    ofOption: flowValue,
  };
}

function readTimeLimit(given: GivenSetting): number {
  const seconds = readDuration(given);
  if (seconds > 0) return seconds;
  throw badSetting(given, "give a time above 0, or leave it out for no limit.");
}

/** `acc,f1` or a list. */
function readNames(given: GivenSetting): readonly string[] {
  const { value } = given;
  const items: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === "string"
      ? value.split(",")
      : [value];
  return items.map((item) => readName({ ...given, value: item }));
}

/** A plain name, or JSON or YAML flow (`{name: grid, points: {lr: 7}}`). */
async function flowValue(given: GivenSetting): Promise<GivenSetting> {
  const text = String(given.value);
  if (!text.trimStart().startsWith("{")) return given;
  const { readLocatedYaml } = await import("../study/read-study-file.ts");
  try {
    return { ...given, value: readLocatedYaml(text, null).value };
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    throw badSetting(given, `write {name: grid, points: {lr: 7}}. ${error.message}`);
  }
}

const ALLOWED = "give a name (grid) or a name with options ({name: grid, points: {lr: 7}}).";

/** A sampler or scheduler by name, or as a mapping with `name` and its options; whether it exists is checked by the registry. */
function readComponent(setting: GivenSetting): ComponentChoice {
  const { value } = setting;
  if (typeof value === "string" && value.trim() !== "") return { name: value.trim(), options: {} };
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw badSetting(setting, ALLOWED);
  const { name, ...options } = value as Record<string, JsonValue>;
  if (typeof name !== "string" || name === "") throw badSetting(setting, ALLOWED);
  return { name, options };
}

/** One of a list of words. */
function readWord<W extends string>(setting: GivenSetting, words: readonly W[]): W {
  const found = words.find((word) => word === setting.value);
  if (found !== undefined) return found;
  throw badSetting(setting, `give ${words.slice(0, -1).join(", ")} or ${words.at(-1)}.`);
}

/** The name of a parameter file: inside the working folder, its format told by its ending. */
export function readParamsFile(setting: GivenSetting): string {
  const file = readInnerPath(setting.value);
  if (file !== null && paramsFormat(file) !== null) return file;
  throw badSetting(
    setting,
    "give a file inside the working folder that ends in .json, .yaml, .yml or .toml: config.json.",
  );
}

/** Names of templates, one or a list: inside the working folder, `config.yaml.attune` for the file config.yaml. */
export function readTemplates(setting: GivenSetting): readonly string[] {
  const list: readonly unknown[] = Array.isArray(setting.value) ? setting.value : [setting.value];
  return list.map((value) => {
    const file = readInnerPath(value);
    if (file?.endsWith(TEMPLATE_ENDING) && !/(?:^|\/)\.attune$/.test(file)) return file;
    const allowed = `give a file inside the working folder whose name ends in ${TEMPLATE_ENDING}: config.yaml.attune, from which config.yaml is written.`;
    throw badSetting({ ...setting, value }, allowed);
  });
}

/** A path below the working folder with plain separators, or null. */
function readInnerPath(value: unknown): string | null {
  if (typeof value !== "string" || value.trim() === "" || value.startsWith("/")) return null;
  const parts = value.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 || parts.includes("..") ? null : parts.join("/");
}
