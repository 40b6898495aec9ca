import { powerOfTwo } from "./power-of-two.ts";

// The reduction and rational approximation of fdlibm's s_expm1 (Sun Microsystems, 1993).
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const Q1 = -0.03333333333333313;
const Q2 = 0.0015873015872548146;
const Q3 = -7.93650757867488e-5;
const Q4 = 4.008217827329362e-6;
const Q5 = -2.0109921818362437e-7;
/** Least double above half of ln 2, and least from 1.5 ln 2 on, as their first 32 bits tell. */
const HALF_LN2 = 0.3465735912322998;
const THREE_HALVES_LN2 = 1.0397205352783203;

/** exp(x) - 1: equal bits on every engine, whose own functions differ in the last bit; error below 1 ulp. */
export function expm1(x: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x <= -38.81622314453125) return -1;
  const size = Math.abs(x);
  if (size < 5.551115123125783e-17) return x;
  if (size < HALF_LN2) {
    const [e, squares] = parts(x);
    return x - (x * e - squares);
  }
  const k = size < THREE_HALVES_LN2 ? (x > 0 ? 1 : -1) : Math.trunc(Math.LOG2E * x + (x > 0 ? 0.5 : -0.5));
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const lost = high - r - low;
  const [quotient, squares] = parts(r);
  return scaled(r, r * (quotient - lost) - lost - squares, k);
}

/** The quotient of the approximation and r² / 2. */
function parts(r: number): readonly [e: number, squares: number] {
  const half = 0.5 * r;
  const squares = r * half;
  const r1 = 1 + squares * (Q1 + squares * (Q2 + squares * (Q3 + squares * (Q4 + squares * Q5))));
  const t = 3 - r1 * half;
  return [squares * ((r1 - t) / (6 - r * t)), squares];
}

/** 2^k (1 + r - e) - 1 without losing digits. */
function scaled(r: number, e: number, k: number): number {
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) {
    const y = 1 - (e - r);
    return (k === 1024 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k)) - 1;
  }
  if (k < 20) return (1 - powerOfTwo(-k) - (e - r)) * powerOfTwo(k);
  return (r - (e + powerOfTwo(-k)) + 1) * powerOfTwo(k);
}
