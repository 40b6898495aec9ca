/** A number as JSON can carry it: the three non-finite ones as words. */
export type EncodedNumber = number | "NaN" | "Infinity" | "-Infinity";

export function encodeNumber(value: number): EncodedNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

export function decodeNumber(value: EncodedNumber): number {
  return typeof value === "number" ? value : Number(value);
}
