import { AttuneError } from "../../errors.ts";
import type { ComponentChoice } from "../../trial/study-definition.ts";
import type { Schema, ValueKind } from "./declaration.ts";
import {
  badSetting,
  type GivenSetting,
  readCount,
  readDuration,
  readFlag,
  readName,
  readNumber,
  readSize,
} from "./given-setting.ts";
import { readComponent } from "./read-component.ts";
import { readWord } from "./read-input.ts";

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

/** Any finite number. */
export const number: ValueKind<number> = { form: "<value>", read: readNumber, schema: { type: "number" } };

/** A time in seconds. */
export const time: ValueKind<number> = { form: "<time>", read: readDuration, schema: TIME };

/** A time in seconds that ends something, above 0. */
export const timeLimit: ValueKind<number> = { form: "<time>", read: readTimeLimit, schema: TIME };

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
  const { readLocatedYaml } = await import("../study-file/located-yaml.ts");
  try {
    return { ...given, value: readLocatedYaml(text, null).value };
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    throw badSetting(given, `write {name: grid, points: {lr: 7}}. ${error.message}`);
  }
}
