import type { EncodedNumber } from "../../trial/encoded-number.ts";

/**
 * A number to read, not to compute with: its whole part in full, and as many digits behind the point as make `digits` significant
 * ones. Only beyond what numbers count one by one (2^53), and below 0.0001, there is an exponent.
 */
export function formatNumber(value: EncodedNumber, digits = 6): string {
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return String(value);
  const whole = Math.round(value);
  if (Number.isSafeInteger(whole) && (whole === value || (whole !== 0 && String(Math.abs(whole)).length >= digits)))
    return String(whole);
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size > Number.MAX_SAFE_INTEGER)) return rounded.toExponential().replace("e+", "e");
  return String(rounded);
}
