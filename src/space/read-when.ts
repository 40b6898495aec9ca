import type { JsonValue } from "./json.ts";
import { toJsonValue } from "./json-value.ts";
import type { Condition, Parameter } from "./parameter.ts";
import { parseWhenText } from "./text/parse-when-text.ts";

/**
 * A condition as users write it: `"optimizer == sgd"`, `{ optimizer: "sgd" }` (a list of values: one of them; several
 * parents: all of them), a list of such mappings (any of them), or the canonical `[[{ parent, in }]]`.
 */
export type WhenInput =
  | string
  | { readonly [parent: string]: JsonValue }
  | readonly { readonly [parent: string]: JsonValue }[]
  | Parameter["when"];

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCondition(value: unknown): value is Condition {
  return (
    isMapping(value) && typeof value.parent === "string" && Array.isArray(value.in) && Object.keys(value).length === 2
  );
}

function readMapping(mapping: Readonly<Record<string, unknown>>): readonly Condition[] | null {
  const conditions: Condition[] = [];
  for (const [parent, given] of Object.entries(mapping)) {
    const value = toJsonValue(given);
    if (value === undefined) return null;
    conditions.push({ parent, in: Array.isArray(value) ? value : [value] });
  }
  return conditions.length > 0 ? conditions : null;
}

/** Reads any form of a condition; null when it is none of them. Throws as `parseWhenText` does for a text. */
export function readWhen(input: unknown, parameter: string): Parameter["when"] | null {
  if (typeof input === "string") return parseWhenText(input, parameter, null);
  if (isMapping(input)) {
    const list = readMapping(input);
    return list && [list];
  }
  if (!Array.isArray(input)) return null;
  const lists: (readonly Condition[])[] = [];
  for (const item of input as readonly unknown[]) {
    if (Array.isArray(item) && item.every(isCondition)) {
      lists.push(
        item.map(({ parent, in: values }) => ({ parent, in: values.map((value) => toJsonValue(value) ?? null) })),
      );
      continue;
    }
    const list = isMapping(item) ? readMapping(item) : null;
    if (list === null) return null;
    lists.push(list);
  }
  return lists;
}
