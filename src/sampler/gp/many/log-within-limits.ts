import { exp } from "../../../numeric/special/exp.ts";
import { ln } from "../../../numeric/special/ln.ts";
import { ln1p } from "../../../numeric/special/ln1p.ts";
import { logNdtr } from "../../../numeric/special/log-ndtr.ts";
import type { LimitTree } from "../../../objective/limit.ts";
import type { GaussianProcess } from "../../../surrogate/gp/gaussian-process.ts";
import type { Acquisition } from "../acquisition.ts";
import { slopesByPlace } from "./slopes-by-place.ts";

const LOG_SQRT_2PI = 0.9189385332046727;
/** Chances below which those of joined comparisons are as good as added up. */
const RARE = -20;

/** One limit: how its comparisons are joined, and for each a process over its difference with the value that no difference has there. */
export interface LimitModel {
  readonly tree: LimitTree;
  /** By place of the comparison; null where trials say nothing of it. */
  readonly comparisons: readonly (ComparisonModel | null)[];
}

export interface ComparisonModel {
  readonly process: GaussianProcess;
  /** What the process has for a difference of 0: below it the comparison holds. */
  readonly zero: number;
}

interface Chance {
  readonly log: number;
  /** Slopes of the logarithm by those of the comparisons. */
  readonly slopes: ReadonlyMap<ComparisonModel, number>;
}

/** Logarithm of the probability that a result keeps all limits, their comparisons being independent (Gardner et al., "Bayesian optimization with inequality constraints", 2014). */
export class LogWithinLimits implements Acquisition {
  readonly #limits: readonly LimitModel[];
  readonly #models: readonly ComparisonModel[];

  constructor(limits: readonly LimitModel[]) {
    this.#limits = limits;
    this.#models = limits.flatMap(({ comparisons }) => comparisons.filter((model) => model !== null));
  }

  scores(points: readonly Float64Array[]): Float64Array {
    const logs = new Map(
      this.#models.map((model) => {
        const { mean, variance } = model.process.predict(points);
        const sets = model.process.sets;
        return [model, variance.map((v, i) => logNdtr((model.zero - mean[i * sets]!) / Math.sqrt(v)))] as const;
      }),
    );
    return Float64Array.from(points, (_point, i) => this.#joined((model) => logs.get(model)![i]!).log);
  }

  climb(point: Float64Array): { readonly score: number; readonly gradient: Float64Array } {
    const parts = new Map(this.#models.map((model) => [model, climbComparison(model, point)]));
    const { log, slopes } = this.#joined((model) => parts.get(model)!.log);
    const gradients = [...slopes].map(([model, slope]) => parts.get(model)!.gradient.map((part) => slope * part));
    return { score: log, gradient: gradients.reduce((a, b) => a.map((part, f) => part + b[f]!)) };
  }

  #joined(logOf: (model: ComparisonModel) => number): Chance {
    return and(this.#limits.map(({ tree, comparisons }) => chanceOf(tree, comparisons, logOf)));
  }
}

function chanceOf(
  tree: LimitTree,
  comparisons: LimitModel["comparisons"],
  logOf: (model: ComparisonModel) => number,
): Chance {
  if (tree.kind === "comparison") {
    const model = comparisons[tree.place]!;
    return model === null ? { log: 0, slopes: new Map() } : { log: logOf(model), slopes: new Map([[model, 1]]) };
  }
  const parts = tree.parts.map((part) => chanceOf(part, comparisons, logOf));
  return tree.kind === "and" ? and(parts) : or(parts);
}

function and(parts: readonly Chance[]): Chance {
  return {
    log: parts.reduce((sum, { log }) => sum + log, 0),
    slopes: joined(parts, () => 1),
  };
}

/** 1 less the chance that none holds. */
function or(parts: readonly Chance[]): Chance {
  const most = parts.reduce((a, { log }) => Math.max(a, log), Number.NEGATIVE_INFINITY);
  if (most === Number.NEGATIVE_INFINITY) return { log: most, slopes: joined(parts, () => 1 / parts.length) };
  if (most < RARE) {
    const log = most + ln(parts.reduce((sum, part) => sum + exp(part.log - most), 0));
    return { log, slopes: joined(parts, (part) => exp(part.log - log)) };
  }
  const none = parts.reduce((sum, part) => sum + ln1p(-Math.min(1 - Number.EPSILON, exp(part.log))), 0);
  const log = ln1p(-exp(none));
  return {
    log,
    slopes: joined(parts, (part) => {
      const chance = Math.min(1 - Number.EPSILON, exp(part.log));
      return (chance * exp(none - ln1p(-chance))) / exp(log);
    }),
  };
}

function joined(parts: readonly Chance[], weight: (part: Chance) => number): ReadonlyMap<ComparisonModel, number> {
  const slopes = new Map<ComparisonModel, number>();
  for (const part of parts)
    for (const [model, slope] of part.slopes) slopes.set(model, (slopes.get(model) ?? 0) + weight(part) * slope);
  return slopes;
}

function climbComparison({ process, zero }: ComparisonModel, point: Float64Array) {
  const { mean, variance, gradient } = process.predictPoint(point);
  const deviation = Math.sqrt(variance);
  const z = (zero - mean[0]!) / deviation;
  const log = logNdtr(z);
  const steep = exp(-0.5 * z * z - LOG_SQRT_2PI - log);
  const byMean = new Float64Array(mean.length);
  byMean[0] = -steep / deviation;
  const slopes = gradient(byMean, (-0.5 * steep * z) / variance);
  return { log, gradient: slopesByPlace(process.map, point, slopes) };
}
