import { erfc, erfcx } from "./erfcx.ts";
import { ln } from "./ln.ts";
import { ln1p } from "./ln1p.ts";

const LOG_HALF = -Math.LN2;

/**
 * Logarithm of the probability that a standard normal variable is at most x: ln Φ(x) = ln(erfc(-x/√2) / 2) (Abramowitz and Stegun, 26.2.29), below
 * 0 by the scaled complement, so that it does not underflow. Relative error below 1e-13 for all x.
 */
export function logNdtr(x: number): number {
  if (x > 0) return ln1p(-0.5 * erfc(x * Math.SQRT1_2));
  return -0.5 * x * x + LOG_HALF + ln(erfcx(-x * Math.SQRT1_2));
}
