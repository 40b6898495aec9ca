import { erfc, erfcx } from "./erfcx.ts";
import { exp } from "./exp.ts";
import { ln } from "./ln.ts";
import { log1mexp } from "./log1mexp.ts";

const LOG_SQRT_2PI = 0.9189385332046727;
const HALF_LOG_HALF_PI = 0.22579135264472744;
const INVERSE_SQRT_EPS = 67108864;

/**
 * log(φ(z) + z Φ(z)): the logarithm of expected improvement in units of the deviation (Ament et al., "Unexpected improvements to
 * expected improvement", 2023, eq. 9). Finite for all finite z.
 */
export function logImprovement(z: number): number {
  if (z > -1) return ln(exp(-0.5 * z * z - LOG_SQRT_2PI) + 0.5 * z * erfc(-z * Math.SQRT1_2));
  const tail = -0.5 * z * z - LOG_SQRT_2PI;
  if (z <= -INVERSE_SQRT_EPS) return tail - 2 * ln(-z);
  if (z < -30) {
    // The difference has lost its digits; the asymptotic series has not.
    return tail + ln(tailFactor(1 / (z * z)));
  }
  return tail + log1mexp(ln(erfcx(-z * Math.SQRT1_2) * -z) + HALF_LOG_HALF_PI);
}

/** 1 - |z| Mills(z) for t = 1 / z². */
function tailFactor(t: number): number {
  return t * (1 - t * (3 - t * (15 - t * (105 - t * (945 - t * 10395)))));
}

/** Derivative of {@link logImprovement}: Φ(z) / (φ(z) + z Φ(z)). */
export function logImprovementSlope(z: number): number {
  if (z > -1) {
    const cdf = 0.5 * erfc(-z * Math.SQRT1_2);
    return cdf / (exp(-0.5 * z * z - LOG_SQRT_2PI) + z * cdf);
  }
  if (z < -30) {
    const t = 1 / (z * z);
    return (1 - t * (1 - t * (3 - t * (15 - t * (105 - t * 945))))) / (-z * tailFactor(t));
  }
  const logCdf = -0.5 * z * z - Math.LN2 + ln(erfcx(-z * Math.SQRT1_2));
  return exp(logCdf - logImprovement(z));
}
