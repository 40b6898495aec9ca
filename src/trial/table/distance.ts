/** A number as its distance from another, where whole numbers keep it exact; else as it is. */
export type Packed = number | { readonly is: number } | null;

/** Of a whole number or null from a whole number near it. */
export function distance(value: number | null, from: number): Packed {
  if (value === null) return null;
  const apart = value - from;
  const exact = Number.isSafeInteger(value) && Number.isSafeInteger(from) && Number.isSafeInteger(apart);
  return exact ? apart : { is: value };
}

/** The number that `distance` made it of. */
export function atDistance(packed: Packed, from: number): number | null {
  if (packed === null) return null;
  return typeof packed === "number" ? from + packed : packed.is;
}
