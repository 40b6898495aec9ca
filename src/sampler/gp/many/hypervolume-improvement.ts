import { exp } from "../../../numeric/special/exp.ts";
import { ln } from "../../../numeric/special/ln.ts";
import { logImprovement } from "../../../numeric/special/log-expected-improvement.ts";
import { logNdtr } from "../../../numeric/special/log-ndtr.ts";
import { log1mexp } from "../../../numeric/special/log1mexp.ts";
import type { BoxSides } from "./box-sides.ts";

const LOG_SQRT_2PI = 0.9189385332046727;
/** Sums below this one have lost digits to underflow. */
const LEAST_SUM = 1e-200;

/** A value with its slopes by the means and the deviations of each objective. */
export interface ImprovementSlopes {
  readonly value: number;
  readonly byMean: Float64Array;
  readonly byDeviation: Float64Array;
}

/**
 * Logarithm of the expected hypervolume improvement of a point whose objectives are independent normals, every one to be made small: a sum over the boxes
 * that no known point dominates, of products of differences of expected improvements (Yang, Emmerich, Deutz and Bäck, "Multi-objective
 * Bayesian global optimization using expected hypervolume improvement gradient", 2019, eq. 9). Finite wherever numbers can hold the logarithm.
 */
export function logHypervolumeImprovement(
  sides: BoxSides,
  means: ArrayLike<number>,
  deviations: ArrayLike<number>,
): number {
  const { dimension, count, lower, upper } = sides;
  const logs = logsOf(sides, means, deviations);
  let scale = 0;
  const shares = logs.map((own) => {
    const most = own.at(-1)!;
    scale += most;
    return own.map((log) => exp(log - most));
  });
  let sum = 0;
  for (let k = 0; k < count; k++) {
    let product = 1;
    for (let d = 0; d < dimension; d++) {
      const at = k * dimension + d;
      const low = lower[at]!;
      product *= shares[d]![upper[at]!]! - (low < 0 ? 0 : shares[d]![low]!);
    }
    sum += product;
  }
  return sum > LEAST_SUM ? scale + ln(sum) : logSumExp(boxLogs(sides, logs));
}

/** The same with its slopes. */
export function improvementSlopes(
  sides: BoxSides,
  means: ArrayLike<number>,
  deviations: ArrayLike<number>,
): ImprovementSlopes {
  const { dimension, count, lower, upper, coordinates } = sides;
  const logs = logsOf(sides, means, deviations);
  const boxes = boxLogs(sides, logs);
  const value = logSumExp(boxes);
  const byMean = new Float64Array(dimension);
  const byDeviation = new Float64Array(dimension);
  // Logarithms of the slopes of an expected improvement: by the mean less Φ, by the deviation φ.
  const steps = coordinates.map((own, d) => own.map((c) => logNdtr((c - means[d]!) / deviations[d]!)));
  const bells = coordinates.map((own, d) =>
    own.map((c) => -0.5 * ((c - means[d]!) / deviations[d]!) * ((c - means[d]!) / deviations[d]!) - LOG_SQRT_2PI),
  );
  for (let k = 0; k < count; k++) {
    const share = exp(boxes[k]! - value);
    if (share === 0) continue;
    for (let d = 0; d < dimension; d++) {
      const [low, high] = [lower[k * dimension + d]!, upper[k * dimension + d]!];
      const side = sideLog(logs[d]!, low, high);
      const slope = (own: Float64Array): number => exp(own[high]! - side) - (low < 0 ? 0 : exp(own[low]! - side));
      byMean[d] = byMean[d]! - share * slope(steps[d]!);
      byDeviation[d] = byDeviation[d]! + share * slope(bells[d]!);
    }
  }
  return { value, byMean, byDeviation };
}

/** By dimension and coordinate, the logarithm of the expected improvement on it. */
function logsOf(
  { coordinates }: BoxSides,
  means: ArrayLike<number>,
  deviations: ArrayLike<number>,
): readonly Float64Array[] {
  return coordinates.map((own, d) => {
    const scale = ln(deviations[d]!);
    return own.map((c) => scale + logImprovement((c - means[d]!) / deviations[d]!));
  });
}

function boxLogs({ dimension, count, lower, upper }: BoxSides, logs: readonly Float64Array[]): Float64Array {
  const boxes = new Float64Array(count);
  for (let k = 0; k < count; k++)
    for (let d = 0; d < dimension; d++)
      boxes[k] = boxes[k]! + sideLog(logs[d]!, lower[k * dimension + d]!, upper[k * dimension + d]!);
  return boxes;
}

/** Logarithm of the difference of two expected improvements. */
function sideLog(own: Float64Array, low: number, high: number): number {
  return low < 0 ? own[high]! : own[high]! + log1mexp(Math.min(0, own[low]! - own[high]!));
}

function logSumExp(logs: Float64Array): number {
  const most = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (most === Number.NEGATIVE_INFINITY) return most;
  return most + ln(logs.reduce((sum, log) => sum + exp(log - most), 0));
}
