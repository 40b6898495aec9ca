import { formatJson } from "./format-json.ts";
import type { JsonValue } from "./json.ts";
import { jsonEqual } from "./json-equal.ts";
import type { Parameter } from "./parameter.ts";
import { readParamValue } from "./parse-param-value.ts";
import { spellValue, type Writing } from "./spell-params.ts";
import { SpelledNumber } from "./spelled.ts";

/**
 * A parameter's value as a text that `parseParamValue` reads back: as programs get it, a text in double quotes where it would be
 * taken for another choice (`"1"` beside `1`), and a choice by its label where nothing else tells it apart.
 */
export function formatParamValue(p: Parameter, value: JsonValue, writing: Writing = 2): string {
  const spelled = spellValue(p, value, writing);
  const json = formatJson(spelled);
  const plain = typeof value === "string" ? value : spelled instanceof SpelledNumber ? spelled.text : json;
  const label = p.type === "categorical" ? p.labels?.[p.choices.findIndex((choice) => jsonEqual(choice, value))] : null;
  const isRead = (text: string): boolean => jsonEqual(readParamValue(p, text), value);
  return [plain, json, label ?? plain].find(isRead) ?? plain;
}
