import { type EncodedNumber, encodeNumber } from "./encoded-number.ts";
import type { Values } from "./trial.ts";

/** Values by metric as JSON can carry them: a copy. */
export function encodeValues(values: Readonly<Record<string, number>>): Values {
  const encoded: Record<string, EncodedNumber> = { ...values };
  for (const name in encoded) encoded[name] = encodeNumber(values[name]!);
  return encoded;
}
