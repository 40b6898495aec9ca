import { studentFour } from "../../numeric/special/student-four.ts";
import { CURVE_MODELS, type CurveFit, LEVEL_MODEL } from "./curve-fit.ts";

/** A curve that has ended: what its first part told, and where it came to. */
export interface EndedCurve {
  readonly fit: CurveFit;
  readonly end: number;
}

/** Weight of the model that nothing changes any more, beside 1 for each other. */
const LEVEL_WEIGHT = 8;
/** So many curves the weights given beforehand are worth. */
const BEFORE = 24;

const GIVEN = Float64Array.from(
  { length: CURVE_MODELS },
  (_none, m) => (m === LEVEL_MODEL ? LEVEL_WEIGHT : 1) / (LEVEL_WEIGHT + CURVE_MODELS - 1),
);

/** How much each model counts after curves that have ended, by how likely it held the end of each. */
export function modelWeights(ended: Iterable<EndedCurve>): Float64Array {
  const weights = GIVEN.map((given) => BEFORE * given);
  const share = new Float64Array(CURVE_MODELS);
  for (const { fit, end } of ended) {
    let sum = 0;
    for (let m = 0; m < CURVE_MODELS; m++) {
      const scale = fit.scales[m]!;
      share[m] = (GIVEN[m]! * fit.evidence[m]! * studentFour((end - fit.means[m]!) / scale)) / scale;
      sum += share[m]!;
    }
    if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) continue;
    for (let m = 0; m < CURVE_MODELS; m++) weights[m] = weights[m]! + share[m]! / sum;
  }
  return weights;
}

/** How likely, up to a factor, the curve is for one that ends at `end`. No scale counts as less than `least`. */
export function endDensity(fit: CurveFit, weights: Float64Array, end: number, least: number): number {
  let sum = 0;
  for (let m = 0; m < CURVE_MODELS; m++) {
    const scale = Math.max(least, fit.scales[m]!);
    sum += (weights[m]! * fit.evidence[m]! * studentFour((end - fit.means[m]!) / scale)) / scale;
  }
  return sum;
}
