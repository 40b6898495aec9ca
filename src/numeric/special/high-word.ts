const value = new Float64Array(1);
const words = new Int32Array(value.buffer);
/** Place of the word with sign, exponent and 20 bits of the fraction: 1 on little-endian machines. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0]!;

/** The upper 32 bits of a double, as a signed number: sign, 11 bits of exponent, the first 20 of the fraction. */
export function highWord(x: number): number {
  value[0] = x;
  return words[HIGH]!;
}
