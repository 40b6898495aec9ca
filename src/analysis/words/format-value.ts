import type { JsonValue } from "../../space/json.ts";
import { formatNumber } from "./format-number.ts";

/** A parameter's value to read: numbers rounded, text as it is, lists and objects as JSON. */
export function formatValue(value: JsonValue): string {
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "string" && /^[^\s"]+$/.test(value)) return value;
  return JSON.stringify(value);
}
