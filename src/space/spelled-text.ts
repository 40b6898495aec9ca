import { type Spelled, SpelledNumber } from "./spelled.ts";

/**
 * A value in the text grammar with its numbers as they are written, or null when that is how JSON writes them all. Read back by
 * `parseSpelledText`.
 *
 * @example
 * spelledText([new SpelledNumber(1, "1.0"), "a"]); // '[1.0, "a"]'
 * spelledText([1, "a"]); // null
 */
export function spelledText(value: Spelled): string | null {
  return isSpelled(value) ? textOf(value) : null;
}

function isSpelled(value: Spelled): boolean {
  if (value instanceof SpelledNumber) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((item: Spelled) => isSpelled(item));
}

function textOf(value: Spelled): string {
  if (value instanceof SpelledNumber) return value.text;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Spelled) => textOf(item)).join(", ")}]`;
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${textOf(item)}`);
  return `{${members.join(", ")}}`;
}
