import { formatNumber } from "../../../src/analysis/words/format-number.ts";

/** A value of a parameter to read. */
export function valueWords(value: unknown): string {
  if (typeof value === "number") return formatNumber(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}
