// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), coefficients of CALERF.
import { exp } from "./exp.ts";

const A = [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694];
const B = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const C = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const D = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const P = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
];
const Q = [1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918];

const INVERSE_SQRT_PI = 0.5641895835477563;

function ratio(numerator: readonly number[], denominator: readonly number[], x: number): number {
  let above = numerator[0]!;
  let below = denominator[0]!;
  for (let i = 1; i < numerator.length; i++) {
    above = above * x + numerator[i]!;
    below = below * x + denominator[i]!;
  }
  return above / below;
}

/** exp(x²) with the square split, so that large x keep their digits. */
function expSquare(x: number): number {
  const high = Math.trunc(x * 16) / 16;
  return exp(high * high) * exp((x - high) * (x + high));
}

/** exp(x²) erfc(x), relative error below 1e-14; Infinity below -26.7. */
export function erfcx(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) return exp(y * y) * (1 - x * ratio(A, B, y * y));
  let upper: number;
  if (y <= 4) upper = ratio(C, D, y);
  else {
    const z = 1 / (y * y);
    upper = (INVERSE_SQRT_PI - z * ratio(P, Q, z)) / y;
  }
  return x < 0 ? 2 * expSquare(x) - upper : upper;
}

/** Error function complement; keeps its relative accuracy until it underflows at 26.5. */
export function erfc(x: number): number {
  if (Math.abs(x) <= 0.46875) return 1 - x * ratio(A, B, x * x);
  return x < 0 ? 2 - erfcx(-x) / expSquare(x) : erfcx(x) / expSquare(x);
}
