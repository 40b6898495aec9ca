import { ERF_UP_TO, erfOverX, scaledErfc } from "./cody-erf.ts";
import { exp } from "./exp.ts";

/** exp(x²) with the square split, so that large x keep their digits. */
function expSquare(x: number): number {
  const high = Math.trunc(x * 16) / 16;
  return exp(high * high) * exp((x - high) * (x + high));
}

/**
 * exp(x²) erfc(x) for any x, by Cody's rational approximations ("Rational Chebyshev approximations for the error function", Mathematics of
 * Computation 23, 1969): relative error below 1e-14; Infinity below -26.7.
 */
export function erfcx(x: number): number {
  const y = Math.abs(x);
  if (y <= ERF_UP_TO) return exp(y * y) * (1 - x * erfOverX(y));
  const upper = scaledErfc(y);
  return x < 0 ? 2 * expSquare(x) - upper : upper;
}

/** Error function complement, 1 - erf(x), from the same; keeps its relative accuracy until it underflows at 26.5. */
export function erfc(x: number): number {
  if (Math.abs(x) <= ERF_UP_TO) return 1 - x * erfOverX(x);
  return x < 0 ? 2 - erfcx(-x) / expSquare(x) : erfcx(x) / expSquare(x);
}
