import { ERF_UP_TO, erfOverX, scaledErfc } from "./cody-erf.ts";
import { exp } from "./exp.ts";

const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

/** exp(-x²/2) with the square split, so that large x keep their digits. */
function expMinusHalfSquare(x: number): number {
  const high = Math.trunc(x * 16) / 16;
  return exp(-0.5 * high * high) * exp(-0.5 * (x - high) * (x + high));
}

/** Probability above x, for x >= 0.6629. */
function upperTail(x: number): number {
  if (x > 38.6) return 0;
  return 0.5 * expMinusHalfSquare(x) * scaledErfc(x * Math.SQRT1_2);
}

/**
 * Probability that a standard normal variable is at most x, by Cody's approximations (1969, see `erfcx`); relative error below 1e-14 down to x = -37.5, where it underflows
 * to 0.
 */
export function normalCdf(x: number): number {
  const y = Math.abs(x) * Math.SQRT1_2;
  if (y <= ERF_UP_TO) return 0.5 + 0.5 * x * Math.SQRT1_2 * erfOverX(y);
  const upper = upperTail(Math.abs(x));
  return x > 0 ? 1 - upper : upper;
}

/** Probability that a standard normal variable lies in [a, b], a <= b; keeps its digits in both tails. */
export function normalMass(a: number, b: number): number {
  if (a > 0) return normalMass(-b, -a);
  const width = b - a;
  if (width < 1e-3) {
    // The difference of two close values would lose its digits: two terms of the series about the middle.
    const m = a + 0.5 * width;
    return width * INVERSE_SQRT_TWO_PI * exp(-0.5 * m * m) * (1 + (width * width * (m * m - 1)) / 24);
  }
  if (b <= 0) return normalCdf(b) - normalCdf(a);
  return 1 - normalCdf(a) - normalCdf(-b);
}
