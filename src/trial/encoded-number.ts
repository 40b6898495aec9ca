/** A number as JSON can carry it: the three non-finite ones as words. */
export type EncodedNumber = number | "NaN" | "Infinity" | "-Infinity";

export function encodeNumber(value: number): EncodedNumber {
  return Number.isFinite(value) ? value : (String(value) as EncodedNumber);
}

export function decodeNumber(value: EncodedNumber): number {
  return Number(value);
}
