import { exp } from "./exp.ts";
import { ln } from "./ln.ts";
import { logNdtr } from "./log-ndtr.ts";
import { log1mexp } from "./log1mexp.ts";
import { normalQuantile } from "./normal-quantile.ts";

const LOG_SQRT_2PI = 0.9189385332046727;

/**
 * The x with logNdtr(x) = y for y <= 0: the normal quantile of exp(y), also where exp(y) underflows or is next to 1. Newton's method from the
 * leading term of the tail, Φ(x) ~ φ(x) / |x| (Abramowitz and Stegun, 26.2.12). NaN above 0.
 */
export function ndtriExp(y: number): number {
  if (y > 0 || Number.isNaN(y)) return Number.NaN;
  if (y === 0) return Number.POSITIVE_INFINITY;
  if (y === Number.NEGATIVE_INFINITY) return y;
  if (y > -1e-2) return -ndtriExp(log1mexp(y));
  if (y > -5) return normalQuantile(exp(y));
  // Newton on the nearly quadratic logNdtr from its leading tail term.
  let x = -Math.sqrt(2 * Math.max(1, -y - LOG_SQRT_2PI - 0.5 * ln(Math.max(1, -2 * y))));
  for (let i = 0; i < 20; i++) {
    const value = logNdtr(x);
    const step = (value - y) * exp(value + 0.5 * x * x + LOG_SQRT_2PI);
    x -= step;
    if (Math.abs(step) <= 1e-15 * Math.abs(x)) break;
  }
  return x;
}
