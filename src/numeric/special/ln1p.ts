import { highWord } from "./high-word.ts";
import { L1, L2, L3, L4, L5, L6, L7, LN2_HIGH, LN2_LOW } from "./ln-series.ts";
import { powerOfTwo } from "./power-of-two.ts";

/** log(1 + x): equal bits on every engine, whose own functions differ in the last bit; error below 1 ulp. */
export function ln1p(x: number): number {
  if (!(x > -1 && x < Number.POSITIVE_INFINITY)) {
    return x === -1 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  }
  const word = highWord(x);
  const size = word & 0x7fffffff;
  if (size < 0x3e200000) return size < 0x3c900000 ? x : x - x * x * 0.5;
  // 1 + x within [sqrt(2) / 2, sqrt(2)]: nothing to reduce.
  if (word < 0x3fda827a && (word > 0 || word <= (0xbfd2bec4 | 0))) return sum(x, 0, 0);
  const u = word < 0x43400000 ? 1 + x : x;
  const uWord = highWord(u);
  let k = (uWord >> 20) - 1023;
  // What the rounding of 1 + x lost.
  const lost = word < 0x43400000 ? (k > 0 ? 1 - (u - x) : x - (u - 1)) / u : 0;
  const fraction = uWord & 0xfffff;
  const tiny = fraction < 0x6a09e ? fraction === 0 : (0x100000 - fraction) >> 2 === 0;
  if (fraction >= 0x6a09e) k += 1;
  return sum(u * powerOfTwo(-k) - 1, k, lost, tiny);
}

/** log(2^k (1 + f)) + c; `tiny`: |f| is below 2^-20. */
function sum(f: number, k: number, c: number, tiny = false): number {
  const square = 0.5 * f * f;
  if (tiny) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + (c + k * LN2_LOW);
    const r = square * (1 - 0.6666666666666666 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - (k * LN2_LOW + c) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const r = z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7))))));
  if (k === 0) return f - (square - s * (square + r));
  return k * LN2_HIGH - (square - (s * (square + r) + (k * LN2_LOW + c)) - f);
}
