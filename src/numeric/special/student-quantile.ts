import { exp } from "./exp.ts";
import { ln } from "./ln.ts";
import { ln1p } from "./ln1p.ts";

/** Lanczos' series for the gamma function with g = 7 and nine terms, good to about 1e-15. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LN_2PI = 0.9189385332046728;
const TERMS = 500;
const HALVINGS = 200;

/**
 * Student's t: the number that |T| stays below with probability `confidence` (in (0, 1)), at `freedom` > 0 degrees of freedom,
 * which need not be whole.
 */
export function studentQuantile(confidence: number, freedom: number): number {
  const tail = 1 - confidence;
  // P(|T| > t) is the regularised incomplete beta function at x = f / (f + t²); it grows with x.
  let [low, high] = [0, 1];
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (regularizedBeta(middle, freedom / 2, 0.5) < tail) low = middle;
    else high = middle;
  }
  return Math.sqrt((freedom * (1 - low)) / low);
}

/** I_x(a, b), by the continued fraction where it converges fast (DLMF 8.17.22). */
function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * ln(x) + b * ln1p(-x));
  if (x > (a + 1) / (a + b + 2)) return 1 - (front * fraction(1 - x, b, a)) / b;
  return (front * fraction(x, a, b)) / a;
}

/** The continued fraction's value by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}

function guarded(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x;
}

/** ln Γ(x) for x > 0. */
function lnGamma(x: number): number {
  if (x < 0.5) return lnGamma(x + 1) - ln(x);
  const shifted = x - 1;
  let sum = LANCZOS[0]!;
  for (let k = 1; k < LANCZOS.length; k++) sum += LANCZOS[k]! / (shifted + k);
  const t = shifted + 7.5;
  return HALF_LN_2PI + (shifted + 0.5) * ln(t) - t + ln(sum);
}
