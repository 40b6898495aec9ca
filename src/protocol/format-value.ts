import type { JsonValue } from "../space/json.ts";

/**
 * A parameter's value as a program reads it: strings as they are, everything else in its shortest JSON form.
 *
 * @example
 * formatValue(1e-5); // "0.00001"
 * formatValue("adam"); // "adam"
 * formatValue([64, 32]); // "[64,32]"
 */
export function formatValue(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
