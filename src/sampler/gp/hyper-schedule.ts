import type { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import {
  type FitProblem,
  fitHyperparameters,
  type HyperFit,
  priorHyperparameters,
  startHyperparameters,
} from "../../surrogate/gp/fit-hyperparameters.ts";
import { GaussianProcess } from "../../surrogate/gp/gaussian-process.ts";
import {
  dimensionScaledPrior,
  drawnPrior,
  type Hyperparameters,
  withFidelity,
} from "../../surrogate/gp/hyperparameters.ts";
import type { InputBend } from "../../surrogate/gp/input-bend.ts";
import type { OutputWarp } from "../../surrogate/gp/output-warp.ts";
import { warpEvidence } from "../../surrogate/gp/warp-evidence.ts";
import { type Effort, effortFor } from "./effort.ts";
import { type TrainingData, type TrainingSet, trainingSet } from "./training-set.ts";

/** What suggestions from so many rows are made with. */
export interface ScheduledFit extends HyperFit {
  /** How values are bent. */
  readonly warp: OutputWarp;
  /** How places are bent: the map that the hyperparameters belong to. */
  readonly map: FeatureMap;
}

/** How values and places are bent. */
type Form = Pick<ScheduledFit, "warp" | "map">;

interface KeptFit {
  readonly data: TrainingData;
  readonly fit: ScheduledFit;
}

const FIRST_MILESTONE = 8;
const USUAL_WARP: OutputWarp = "half-rank";
const OTHER_WARPS: readonly OutputWarp[] = ["yeo-johnson", "identity"];
/** How much better another warp must foretell a value, in nats, to be taken. */
const WARP_MARGIN = 0.1;
const WARP_EVALUATIONS = 10;
const BENDS: readonly InputBend[] = ["none", "low", "high"];
const BEND_MARGIN = 2;
const LEAST_BEND_POINTS = 20;
const MOST_BEND_AXES = 40;

/** The number of rows whose fit a suggestion from `rows` rows uses: all of them at first, then ever fewer refits. */
export function fitCount(rows: number): number {
  const step = rows <= 48 ? 1 : rows <= 96 ? 2 : rows <= 200 ? 5 : rows <= 400 ? 10 : 25;
  return rows - (rows % step);
}

/** The count whose fit is the start of the fit at `count`: a power of two, so that a cold process has few to recompute. */
export function milestoneBefore(count: number): number | null {
  let milestone = FIRST_MILESTONE;
  if (count <= milestone) return null;
  while (milestone * 2 < count) milestone *= 2;
  return milestone;
}

/**
 * Hyperparameters by count of rows. Each fit is a function of the first `count` rows alone: it starts from fixed points and from
 * the fit at the milestone before. Kept fits are only taken for the same data.
 */
export class HyperSchedule {
  readonly #kernel: DenseKernel;
  readonly #map: FeatureMap;
  readonly #operations: number | null;
  readonly #kept = new Map<number, KeptFit>();

  /** `operations` is what a suggestion may take, or null for the usual work. */
  constructor(kernel: DenseKernel, map: FeatureMap, operations: number | null) {
    this.#kernel = kernel;
    this.#map = map;
    this.#operations = operations;
  }

  /** The fit at `count` rows; `dataAt` reads the training data of the first so many rows. */
  fit(count: number, dataAt: (count: number) => TrainingData): ScheduledFit | null {
    const data = dataAt(count);
    if (data.points.length < 2) return null;
    const kept = this.#kept.get(count);
    if (kept !== undefined && sameData(kept.data, data)) return kept.fit;
    const before = milestoneBefore(count);
    const warm = before === null ? null : this.fit(before, dataAt);
    const milestone = (before ?? 0) * 2 === count;
    const fitted = this.#compute(data, warm, milestone);
    const fit = milestone ? this.#chooseBends(data, this.#chooseWarp(data, fitted)) : fitted;
    this.#forget(count);
    this.#kept.set(count, { data, fit });
    return fit;
  }

  /**
   * Hyperparameters that the data (two points at least) leave plausible: the most likely ones under a prior about a draw from the prior
   * ("randomise, then optimise": a draw where the data say little, the fit where they say much). A function of the data and `stream`.
   */
  draw(data: TrainingData, form: Form, stream: RandomStream): Hyperparameters {
    const effort = this.#effort(data);
    const problem = this.#problem(data, effort.drawnRows, form);
    const prior = drawnPrior(problem.prior, stream);
    const start = priorHyperparameters(prior, this.#map.size);
    return fitHyperparameters({ ...problem, prior }, start, effort.drawnEvaluations).hyper;
  }

  #effort({ points }: TrainingData): Effort {
    return effortFor(this.#operations, points.length, this.#map.size);
  }

  #problem(data: TrainingData, most: number, { warp, map }: Form): FitProblem & TrainingSet {
    const prior = dimensionScaledPrior(this.#map.size, this.#map.dimension);
    return {
      ...trainingSet(map.points, data, most, warp),
      kernel: this.#kernel,
      map,
      prior: data.levels === null ? prior : withFidelity(prior),
    };
  }

  #compute(data: TrainingData, warm: ScheduledFit | null, thorough: boolean): ScheduledFit {
    const form: Form = { warp: warm?.warp ?? USUAL_WARP, map: warm?.map ?? this.#map };
    const effort = this.#effort(data);
    const problem = this.#problem(data, effort.fitRows, form);
    const { map } = form;
    const root = Math.sqrt(map.dimension);
    const fixed = warm === null || thorough ? [0.5 * root, 1.5 * root] : data.points.length <= 48 ? [0.7 * root] : [];
    const starts = fixed.map((length) => startHyperparameters(map, length));
    const fits = starts.map((start) => fitHyperparameters(problem, start, effort.fixedEvaluations));
    if (warm !== null) fits.push(fitHyperparameters(problem, warm.hyper, effort.warmEvaluations));
    return { ...fits.reduce((best, fit) => (fit.score > best.score ? fit : best)), ...form };
  }

  /** The warp under which values of the better half are foretold best from the others, with hyperparameters for it. */
  #chooseWarp(data: TrainingData, fitted: ScheduledFit): ScheduledFit {
    const choose = (warp: OutputWarp): ScheduledFit & { readonly evidence: number } => {
      const form: Form = { warp, map: fitted.map };
      const problem = this.#problem(data, this.#effort(data).fitRows, form);
      const fit = warp === fitted.warp ? fitted : fitHyperparameters(problem, fitted.hyper, WARP_EVALUATIONS);
      const margin = warp === USUAL_WARP ? 0 : WARP_MARGIN;
      return { ...fit, ...form, evidence: this.#evidence(problem, fit.hyper) - margin };
    };
    const { evidence: _, ...best } = OTHER_WARPS.map(choose).reduce(
      (a, b) => (b.evidence > a.evidence ? b : a),
      choose(USUAL_WARP),
    );
    return best;
  }

  /**
   * Axis by axis, the bend under which the data are more likely than under the one so far by two nats at least, hyperparameters
   * as they are; then a fit for what was chosen. Only where there are enough data for it.
   */
  #chooseBends(data: TrainingData, fitted: ScheduledFit): ScheduledFit {
    const axes = fitted.map.numericAxes;
    if (data.points.length < Math.max(LEAST_BEND_POINTS, 3 * fitted.map.dimension) || axes.length > MOST_BEND_AXES) {
      return fitted;
    }
    const effort = this.#effort(data);
    const problem = this.#problem(data, effort.fitRows, fitted);
    let best = { map: fitted.map, score: fitted.score };
    for (const axis of axes) {
      for (const bend of BENDS) {
        if (bend === best.map.bends[axis]) continue;
        const map = best.map.bent(best.map.bends.with(axis, bend));
        const { score } = fitHyperparameters({ ...problem, map }, fitted.hyper, 1);
        if (score > best.score + BEND_MARGIN) best = { map, score };
      }
    }
    if (best.map === fitted.map) return fitted;
    const { map } = best;
    return {
      ...fitHyperparameters({ ...problem, map }, fitted.hyper, effort.warmEvaluations),
      warp: fitted.warp,
      map,
    };
  }

  #evidence(
    { map, points, raw, values, noiseFactors, levels }: FitProblem & TrainingSet,
    hyper: Hyperparameters,
  ): number {
    const mark = this.#kernel.mark();
    const process = new GaussianProcess(this.#kernel, map, points, [values], hyper, 0, noiseFactors, levels);
    const evidence = warpEvidence(process, values, raw);
    this.#kernel.release(mark);
    return evidence;
  }

  /** Keeps milestones and the newest few. */
  #forget(count: number): void {
    for (const known of this.#kept.keys()) {
      const milestone = known >= FIRST_MILESTONE && (known & (known - 1)) === 0;
      if (!milestone && known < count - 60) this.#kept.delete(known);
    }
  }
}

function sameData(a: TrainingData, b: TrainingData): boolean {
  if (a.values.length !== b.values.length || !sameGroups(a.repeats, b.repeats)) return false;
  for (let i = 0; i < a.values.length; i++) {
    if (a.values[i] !== b.values[i] || a.levels?.[i] !== b.levels?.[i]) return false;
    const [p, q] = [a.points[i]!, b.points[i]!];
    for (let j = 0; j < p.length; j++) if (!Object.is(p[j], q[j])) return false;
  }
  return true;
}

function sameGroups(a: TrainingData["repeats"], b: TrainingData["repeats"]): boolean {
  return (
    a.length === b.length &&
    a.every((group, k) => group.length === b[k]!.length && group.every((index, i) => index === b[k]![i]))
  );
}
