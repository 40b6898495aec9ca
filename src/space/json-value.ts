import type { JsonValue } from "./json.ts";

/**
 * The value as plain JSON data (a copy; -0 becomes 0), or undefined when it holds anything JSON cannot write:
 * functions, dates, non-finite numbers, undefined, cycles.
 */
export function toJsonValue(value: unknown, depth = 0): JsonValue | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : undefined;
  if (typeof value !== "object" || depth > 100) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => toJsonValue(item, depth + 1));
    return items.includes(undefined) ? undefined : (items as JsonValue[]);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const entries: [string, JsonValue][] = [];
  for (const [key, item] of Object.entries(value)) {
    const json = toJsonValue(item, depth + 1);
    if (json === undefined) return undefined;
    entries.push([key, json]);
  }
  return Object.fromEntries(entries);
}
