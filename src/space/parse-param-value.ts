import { AttuneError } from "../errors.ts";
import type { JsonValue } from "./json.ts";
import { jsonIndexOf } from "./json-equal.ts";
import { didYouMean } from "./nearest-word.ts";
import { numberIn } from "./number-text.ts";
import { gridIndex, gridValue } from "./numeric-domain.ts";
import type { Parameter } from "./parameter.ts";
import { describeValues, isParameterValue } from "./parameter-value.ts";

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * By label; by its JSON form, a text in double quotes among them; as the text itself. So a text may always be told from a number
 * or a word of JSON that looks like it.
 */
function chosen(values: readonly JsonValue[], labels: readonly string[] | null, text: string): JsonValue | undefined {
  const label = labels?.indexOf(text) ?? -1;
  if (label >= 0) return values[label];
  const json = parseJson(text);
  const index = json === undefined ? -1 : jsonIndexOf(values, json);
  if (index >= 0) return values[index];
  return values.includes(text) ? text : undefined;
}

function interpret(p: Parameter, text: string): JsonValue | undefined {
  switch (p.type) {
    case "float":
    case "int":
      return numberIn(text) ?? undefined;
    case "categorical":
      return chosen(p.choices, p.labels, text);
    case "ordinal":
      return chosen(p.values, null, text);
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "fixed":
      return chosen([p.value], null, text);
  }
}

/** The value itself, on the grid when it was off by rounding only. */
export function snapToStep(p: Parameter, value: JsonValue): JsonValue {
  if (p.type !== "float" || p.step === null || typeof value !== "number") return value;
  return p.orZero && value === 0 ? 0 : gridValue(p, gridIndex(p, value));
}

/** What {@link parseParamValue} reads, or undefined for a text that is no value of the parameter. */
export function readParamValue(p: Parameter, text: string): JsonValue | undefined {
  const value = interpret(p, text) ?? interpret(p, text.trim());
  return value !== undefined && isParameterValue(p, value) ? snapToStep(p, value) : undefined;
}

/**
 * A value from what a user typed: `0.1`, `true`, a choice by its label, its JSON form or its words. Throws AttuneError
 * "invalid-params" that says what is allowed.
 */
export function parseParamValue(p: Parameter, text: string): JsonValue {
  const value = readParamValue(p, text);
  if (value !== undefined) return value;
  const words = p.type === "categorical" ? p.choices : p.type === "ordinal" ? p.values : [];
  const hint = didYouMean(text.trim(), words.map(String));
  throw new AttuneError(
    "invalid-params",
    `${p.name} is ${JSON.stringify(text)}; allowed: ${describeValues(p)}.${hint}`,
  );
}
