import type { JsonValue } from "../../space/json.ts";

/** A value as a log gives it back: without what is undefined. */
export function plainJson(value: object | null): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
