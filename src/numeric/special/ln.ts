import { highWord } from "./high-word.ts";
import { L1, L2, L3, L4, L5, L6, L7, LN2_HIGH, LN2_LOW } from "./ln-series.ts";
import { powerOfTwo } from "./power-of-two.ts";

/** Natural logarithm: equal bits on every engine, whose own functions differ in the last bit; error below 1 ulp. */
export function ln(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) {
    return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  }
  if (x < 2.2250738585072014e-308) return scaledLn(x * 18014398509481984, 54);
  return scaledLn(x, 0);
}

/** log(x / 2^shift) for normal x. */
function scaledLn(x: number, shift: number): number {
  const word = highWord(x);
  const fraction = word & 0xfffff;
  // 1 for fractions above sqrt(2), which are halved.
  const half = (fraction + 0x95f64) & 0x100000;
  const exponent = (word >> 20) - 1023 + (half >> 20);
  const f = x * powerOfTwo(-exponent) - 1;
  const k = exponent - shift;
  if ((0xfffff & (2 + fraction)) < 3) return nearOne(f, k);
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const square = 0.5 * f * f;
    if (k === 0) return f - (square - s * (square + r));
    return k * LN2_HIGH - (square - (s * (square + r) + k * LN2_LOW) - f);
  }
  return k === 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/** log(2^k (1 + f)) for |f| below 2^-20. */
function nearOne(f: number, k: number): number {
  if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
  const r = f * f * (0.5 - 0.3333333333333333 * f);
  return k === 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f);
}
