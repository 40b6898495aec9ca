import { HIDDEN } from "../protocol/hidden-characters.ts";
import type { ValueWriter } from "../protocol/value-writer.ts";
import { formatJson } from "../space/format-json.ts";
import type { Params } from "../space/json.ts";
import { type Spelled, SpelledNumber } from "../space/spelled.ts";
import { withoutSecrets } from "./secrets.ts";

/**
 * A record as JSON text that a terminal may show: characters that it would obey are escaped, texts are without secrets. `secrets`
 * "shown" leaves them, for a record that hands a trial over.
 */
export function jsonText(record: unknown, indent = 0, secrets: "shown" | "redacted" = "redacted"): string {
  const clean = (_key: string, value: unknown): unknown => (typeof value === "string" ? withoutSecrets(value) : value);
  const text = secrets === "shown" ? JSON.stringify(record, null, indent) : JSON.stringify(record, clean, indent);
  return text.replace(HIDDEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * A record as JSON text in which configurations (`params`, `derived`) have their numbers as programs get them, so that a program
 * may read its parameters from it.
 */
export function recordText(
  record: unknown,
  { spell }: Pick<ValueWriter, "spell">,
  indent = 0,
  secrets?: "shown",
): string {
  const inner = (key: string, value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => inner("", item));
    if (key === "params" || key === "derived") return rawValue(spell(value as Params));
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inner(name, item)]));
  };
  return jsonText(inner("", record), indent, secrets);
}

/** The value with numbers that `jsonText` leaves as they are written. */
export function rawValue(value: Spelled): unknown {
  if (value instanceof SpelledNumber) return rawJson(formatJson(value));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Spelled) => rawValue(item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rawValue(item)]));
}

/** Newer than the types of the language. */
function rawJson(text: string): unknown {
  return (JSON as JSON & { rawJSON(text: string): unknown }).rawJSON(text);
}
