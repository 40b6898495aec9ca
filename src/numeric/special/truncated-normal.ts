import { exp } from "./exp.ts";
import { ln } from "./ln.ts";
import { ln1p } from "./ln1p.ts";
import { logNdtr } from "./log-ndtr.ts";
import { log1mexp } from "./log1mexp.ts";
import { ndtriExp } from "./ndtri-exp.ts";

/** Logarithm of the probability that a standard normal variable lies in [a, b], a <= b; exact in both tails. */
export function logNormalMass(a: number, b: number): number {
  if (!(a < b)) return a === b ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (a > 0) return logNormalMass(-b, -a);
  if (b <= 0) return leftMass(a, b);
  if (b - a < 0.5) return narrowMass(a, b);
  const left = logNdtr(a);
  const right = logNdtr(-b);
  return ln1p(-exp(left) - exp(right));
}

function leftMass(a: number, b: number): number {
  const upper = logNdtr(b);
  const gap = logNdtr(a) - upper;
  // The difference of two nearly equal numbers would lose its digits.
  return gap > -0.1 ? narrowMass(a, b) : upper + log1mexp(gap);
}

// Gauss-Legendre of order 10 on [-1, 1]; exact to rounding on an interval over which log density moves by less than about 1.
const NODES = [0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717];
const WEIGHTS = [0.2955242247147529, 0.2692667193099963, 0.219086362515982, 0.1494513491505806, 0.0666713443086881];

function narrowMass(a: number, b: number): number {
  const middle = 0.5 * (a + b);
  const half = 0.5 * (b - a);
  let sum = 0;
  for (let i = 0; i < NODES.length; i++) {
    const t = half * NODES[i]!;
    sum += WEIGHTS[i]! * exp(-0.5 * t * t) * (exp(-middle * t) + exp(middle * t));
  }
  return ln(half) + ln(sum) - 0.5 * middle * middle - 0.9189385332046727;
}

/** The quantile q in [0, 1] of a standard normal variable truncated to [a, b]. */
export function truncatedNormalQuantile(q: number, a: number, b: number): number {
  if (q <= 0) return a;
  if (q >= 1) return b;
  if (a > 0) return -truncatedNormalQuantile(1 - q, -b, -a);
  const mass = logNormalMass(a, b);
  const left = logNdtr(a);
  const x = ndtriExp(addLogs(left, ln(q) + mass));
  return Math.min(b, Math.max(a, x));
}

function addLogs(x: number, y: number): number {
  const high = Math.max(x, y);
  if (high === Number.NEGATIVE_INFINITY) return high;
  return high + ln1p(exp(-Math.abs(x - y)));
}
