import { formatJson } from "../space/format-json.ts";
import { type Spelled, SpelledNumber } from "../space/spelled.ts";

/**
 * A parameter's value as a program reads it: strings as they are, numbers as they are written, everything else in its shortest
 * JSON form.
 *
 * @example
 * formatValue(new SpelledNumber(1, "1.0")); // "1.0"
 * formatValue("adam"); // "adam"
 * formatValue([64, 32]); // "[64,32]"
 */
export function formatValue(value: Spelled): string {
  if (value instanceof SpelledNumber) return value.text;
  return typeof value === "string" ? value : formatJson(value);
}
