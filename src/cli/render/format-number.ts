import type { EncodedNumber } from "../../trial/encoded-number.ts";

/** A number to read, not to compute with: at most `digits` significant digits, whole numbers in full. */
export function formatNumber(value: EncodedNumber, digits = 6): string {
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return rounded.toExponential().replace("e+", "e");
  return String(rounded);
}
