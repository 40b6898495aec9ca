import { exp } from "../../../numeric/special/exp.ts";
import { ln } from "../../../numeric/special/ln.ts";
import type { GaussianProcess } from "../../../surrogate/gp/gaussian-process.ts";
import type { Acquisition } from "../acquisition.ts";
import type { BoxSides } from "./box-sides.ts";
import { improvementSlopes, logHypervolumeImprovement } from "./hypervolume-improvement.ts";
import { slopesByPlace } from "./slopes-by-place.ts";

/**
 * Logarithm of the expected hypervolume improvement under one process for each objective, its mean over their sets of values (fantasies of pending trials), each with
 * what no trial dominates under it.
 */
export class LogHypervolume implements Acquisition {
  readonly #processes: readonly GaussianProcess[];
  readonly #sides: readonly BoxSides[];

  /** `sides` has an entry for each set of values. */
  constructor(processes: readonly GaussianProcess[], sides: readonly BoxSides[]) {
    this.#processes = processes;
    this.#sides = sides;
  }

  scores(points: readonly Float64Array[]): Float64Array {
    const predictions = this.#processes.map((process) => process.predict(points));
    const deviations = new Float64Array(predictions.length);
    const means = new Float64Array(predictions.length);
    const sets = this.#sides.length;
    return Float64Array.from(points, (_point, i) => {
      for (const [d, { variance }] of predictions.entries()) deviations[d] = Math.sqrt(variance[i]!);
      const logs = Float64Array.from(this.#sides, (sides, r) => {
        for (const [d, { mean }] of predictions.entries()) means[d] = mean[i * sets + r]!;
        return logHypervolumeImprovement(sides, means, deviations);
      });
      return logMeanExp(logs);
    });
  }

  climb(point: Float64Array): { readonly score: number; readonly gradient: Float64Array } {
    const predictions = this.#processes.map((process) => process.predictPoint(point));
    const deviations = predictions.map(({ variance }) => Math.sqrt(variance));
    const parts = this.#sides.map((sides, r) => {
      const means = predictions.map(({ mean }) => mean[r]!);
      return improvementSlopes(sides, means, deviations);
    });
    const score = logMeanExp(Float64Array.from(parts, ({ value }) => value));
    const shares = parts.map(({ value }) => exp(value - score) / parts.length);
    const gradients = predictions.map(({ gradient }, d) => {
      const byMean = parts.map((part, r) => shares[r]! * part.byMean[d]!);
      const byDeviation = parts.reduce((sum, part, r) => sum + shares[r]! * part.byDeviation[d]!, 0);
      return slopesByPlace(this.#processes[d]!.map, point, gradient(byMean, byDeviation / (2 * deviations[d]!)));
    });
    return { score, gradient: gradients.reduce((a, b) => a.map((slope, f) => slope + b[f]!)) };
  }
}

function logMeanExp(logs: Float64Array): number {
  if (logs.length === 1) return logs[0]!;
  const most = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (most === Number.NEGATIVE_INFINITY) return most;
  return most + ln(logs.reduce((sum, log) => sum + exp(log - most), 0) / logs.length);
}
