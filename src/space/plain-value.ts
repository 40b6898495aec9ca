import type { JsonValue } from "./json.ts";
import { type Spelled, SpelledNumber } from "./spelled.ts";

/** The value without the way it is written. */
export function plainValue(value: Spelled): JsonValue {
  if (value instanceof SpelledNumber) return value.value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Spelled) => plainValue(item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]));
}
