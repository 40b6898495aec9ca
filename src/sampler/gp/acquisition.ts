import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import { logImprovement, logImprovementSlope } from "../../numeric/special/log-expected-improvement.ts";
import { log1mexp } from "../../numeric/special/log1mexp.ts";
import type { GaussianProcess } from "../../surrogate/gp/gaussian-process.ts";

/** One Gaussian process with what an improvement is measured against under each of its sets of values. */
export interface Member {
  readonly process: GaussianProcess;
  readonly thresholds: Float64Array;
  /** What is below it counts as this, so that nothing is gained there; below all thresholds. Left out where there is no such end. */
  readonly floor?: number;
}

/** How promising points are; all in logarithms, larger is better. */
export interface Acquisition {
  /** Of many points at once: one score a point. */
  scores(points: readonly Float64Array[]): Float64Array;
  /** At one point, with the gradient over the numeric features. */
  climb(point: Float64Array): { readonly score: number; readonly gradient: Float64Array };
}

/**
 * Logarithm of expected improvement (Ament et al., "Unexpected improvements to expected improvement for Bayesian optimization", 2023, eq. 9), its mean
 * over members and sets of values (fantasies of pending trials: Snoek, Larochelle and Adams, 2012, section 3.2), times the probability of a value
 * at all (Gelbart, Snoek and Adams, 2014). Points are in the unit cube, one number a feature; scores are one a point.
 */
export class LogExpectedImprovement implements Acquisition {
  readonly #members: readonly Member[];
  readonly #feasibility: Acquisition | null;

  constructor(members: readonly Member[], feasibility: Acquisition | null) {
    this.#members = members;
    this.#feasibility = feasibility;
  }

  scores(points: readonly Float64Array[]): Float64Array {
    const terms = this.#members.map(({ process, thresholds, floor }) => {
      const { mean, variance } = process.predict(points);
      return points.map((_, i) => {
        const deviation = Math.sqrt(variance[i]!);
        const place = (at: number, r: number): number => (at - mean[i * thresholds.length + r]!) / deviation;
        const logs = thresholds.map((t, r) =>
          floor === undefined ? logImprovement(place(t, r)) : logAbove(place(t, r), place(floor, r)),
        );
        return ln(deviation) + logMeanExp(logs);
      });
    });
    const feasible = this.#feasibility?.scores(points);
    return Float64Array.from(points, (_, i) => {
      const improvement = logMeanExp(Float64Array.from(terms, (term) => term[i]!));
      return feasible === undefined ? improvement : improvement + feasible[i]!;
    });
  }

  climb(point: Float64Array): { readonly score: number; readonly gradient: Float64Array } {
    const parts = this.#members.map((member) => climbMember(member, point));
    const scores = Float64Array.from(parts, (part) => part.score);
    let score = logMeanExp(scores);
    const gradient = new Float64Array(parts[0]!.gradient.length);
    for (const [m, part] of parts.entries()) {
      const share = exp(scores[m]! - score) / parts.length;
      for (let f = 0; f < gradient.length; f++) gradient[f] = gradient[f]! + share * part.gradient[f]!;
    }
    if (this.#feasibility !== null) {
      const feasible = this.#feasibility.climb(point);
      for (let f = 0; f < gradient.length; f++) gradient[f] = gradient[f]! + feasible.gradient[f]!;
      score += feasible.score;
    }
    return { score, gradient };
  }
}

/** Logarithm of the improvement up to `z` of what is clipped below `floor`, both in deviations from the mean. */
function logAbove(z: number, floor: number): number {
  const most = logImprovement(z);
  return most + log1mexp(Math.min(0, logImprovement(floor) - most));
}

function climbMember({ process, thresholds, floor }: Member, point: Float64Array) {
  const { mean, variance, gradient } = process.predictPoint(point);
  const deviation = Math.sqrt(variance);
  const z = thresholds.map((t, r) => (t - mean[r]!) / deviation);
  const floors = floor === undefined ? null : z.map((_z, r) => (floor - mean[r]!) / deviation);
  const logs = floors === null ? z.map(logImprovement) : z.map((own, r) => logAbove(own, floors[r]!));
  const total = logMeanExp(logs);
  const weights = new Float64Array(z.length);
  let byDeviation = 0;
  const add = (r: number, share: number, at: number): void => {
    const slope = logImprovementSlope(at);
    weights[r] = weights[r]! - (share * slope) / deviation;
    byDeviation += share * (1 - slope * at);
  };
  for (let r = 0; r < z.length; r++) {
    const share = exp(logs[r]! - total) / z.length;
    if (floors === null) add(r, share, z[r]!);
    else {
      add(r, share * exp(logImprovement(z[r]!) - logs[r]!), z[r]!);
      add(r, -share * exp(logImprovement(floors[r]!) - logs[r]!), floors[r]!);
    }
  }
  return { score: ln(deviation) + total, gradient: gradient(weights, byDeviation / (2 * variance)) };
}

function logMeanExp(logs: Float64Array): number {
  if (logs.length === 1) return logs[0]!;
  const most = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (most === Number.NEGATIVE_INFINITY) return most;
  return most + ln(logs.reduce((sum, v) => sum + exp(v - most), 0) / logs.length);
}
