import { powerOfTwo } from "./power-of-two.ts";

// The reduction and rational approximation of fdlibm's e_exp (Sun Microsystems, 1993); the first 32 bits decide its cases.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;
/** Least double above half of ln 2, and least from 1.5 ln 2 on, as their first 32 bits tell. */
const HALF_LN2 = 0.3465735912322998;
const THREE_HALVES_LN2 = 1.0397205352783203;

/** e to the x: equal bits on every engine, whose own functions differ in the last bit; error below 1 ulp. */
export function exp(x: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < -745.1332191019411) return 0;
  const size = Math.abs(x);
  if (size < HALF_LN2) return size < 3.725290298461914e-9 ? 1 + x : 1 - ((x * rest(x)) / (rest(x) - 2) - x);
  // The quotient below would miss e itself by one bit.
  if (x === 1) return Math.E;
  const k = size < THREE_HALVES_LN2 ? (x > 0 ? 1 : -1) : Math.trunc(Math.LOG2E * x + (x > 0 ? 0.5 : -0.5));
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const c = rest(r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k >= -1021) return k === 1024 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k);
  return y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
}

function rest(r: number): number {
  const t = r * r;
  return r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
}
