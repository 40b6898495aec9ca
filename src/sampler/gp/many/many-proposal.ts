import type { RandomStream } from "../../../numeric/random/stream-source.ts";
import { compileLimits } from "../../../objective/limit.ts";
import type { Excesses } from "../../../objective/limit-standing.ts";
import type { Counting } from "../../best-results.ts";
import { clipped } from "../../reach-goals.ts";
import type { SuggestRequest } from "../../sampler.ts";
import type { SuggestionWhy } from "../../suggestion-why.ts";
import type { Acquisition } from "../acquisition.ts";
import { fantasiesOf } from "../fantasies.ts";
import { feasibilityOf } from "../feasibility.ts";
import type { GpOptions } from "../gp-options.ts";
import type { KnownPlaces } from "../known-places.ts";
import type { PointDraws } from "../point-draws.ts";
import { searchAcquisition } from "../search.ts";
import { TrustBox } from "../trust-box.ts";
import { turnOf } from "../turn.ts";
import { zeroUnderWarp } from "../zero-under-warp.ts";
import { AcquisitionSum } from "./acquisition-sum.ts";
import { bestOf, partialOf } from "./best-trials.ts";
import { byPreference } from "./by-preference.ts";
import { chebyshevOf } from "./chebyshev.ts";
import { LogHypervolume } from "./log-hypervolume.ts";
import { type LimitModel, LogWithinLimits } from "./log-within-limits.ts";
import {
  limitTargets,
  type ManyModels,
  type ModelPlan,
  objectiveTargets,
  type Target,
  type TargetModel,
} from "./many-models.ts";
import { whyOfMany } from "./many-why.ts";
import type { TabledTrial, TrialTable } from "./trial-table.ts";
import { undominatedSides } from "./undominated-sides.ts";

/** Objectives up to which the improvement of the hypervolume is computed; with more one number is drawn that stands for all. */
const MOST_BY_VOLUME = 4;
/** Objectives up to which fantasies are drawn: each takes boxes of its own. */
const MOST_DRAWN = 2;
const INCUMBENTS = 5;
const MOST_GLOBAL_DIMENSION = 20;
/**
 * While nothing keeps the limits, every other look is for what breaks them by so much of what the nearest result does: far from all that is feasible, the chance
 * to get there at once is largest where models know least.
 */
const APPROACH = 0.5;
/** Edge of the surroundings in which many parameters are searched. */
const TRUST_LENGTH = 0.4;

/** What one proposal starts from. */
export interface ManyTask {
  readonly number: number;
  readonly request: SuggestRequest;
  /** Rows of the view. */
  readonly rows: number;
  readonly table: TrialTable;
  readonly pending: readonly Float64Array[];
  readonly known: KnownPlaces | null;
  readonly draws: PointDraws;
  readonly allowed: (point: Float64Array) => boolean;
  readonly stream: RandomStream;
}

interface Proposal {
  readonly point: Float64Array;
  readonly why: Pick<
    SuggestionWhy,
    "member" | "predicted" | "acquisition" | "objectives" | "hypervolume" | "limits" | "preferred"
  >;
}

/**
 * The allowed point that the search finds of largest expected hypervolume improvement, times the chance that it keeps the limits; while nothing keeps
 * them, of the largest such chance. Null when it finds none.
 */
export function proposeByModels(task: ManyTask, models: ManyModels, options: GpOptions): Proposal | null {
  const { request, pending, stream, table, known } = task;
  const { map, tables } = models;
  const hasConditions = map.points.groupAxes.length > 0;
  const turn = known === null ? turnOf(task.number, hasConditions) : "likely";
  const complete = judgedOf(table);
  const feasible = complete.filter(({ result }) => tables.scale.keeps(result.excesses));
  const preferred = byPreference(request, feasible, tables, stream);
  const targets = preferred === null ? targetsOf(task, tables) : [preferred.target];
  const limits = limitTargets(request);
  const processes = targets.length + limits.flat().length;
  const drawn = targets.length <= MOST_DRAWN ? turn : "likely";
  const plan = { rows: task.rows, pending, stream, processes };
  const whole: ModelPlan = { ...plan, turn, fantasies: fantasiesOf(drawn, pending.length, stream) };
  const objectives = targets.map((target) => models.model(target, whole));
  const likely: ModelPlan = { ...plan, turn: "likely", fantasies: [new Float64Array(pending.length)] };
  const nearest = feasible.length > 0 || turn === "drawn" ? null : nearestOf(complete, models)[0];
  const comparisons = comparisonsOf(limits, models, likely);
  const within = limitsOf(request, comparisons, nearest?.result.excesses);
  const parts: Acquisition[] = within === null ? [] : [within];
  if (feasible.length > 0 && objectives.every((model) => model !== null)) {
    const chain = objectives.map(({ process }) => process);
    parts.push(
      new LogHypervolume(chain, undominatedSides(objectives, feasible, { ...task, within, counting: tables })),
    );
  }
  const effort = models.effort(task.rows + pending.length, processes);
  const succeeds = feasibilityOf(models.kernel, map, seenOf(table), effort);
  if (succeeds !== null) parts.push(succeeds);
  if (parts.length === 0) return null;
  const acquisition = new AcquisitionSum(parts);
  const incumbents = distinct(preferred?.best.slice(0, INCUMBENTS) ?? incumbentsOf(feasible, complete, models), models);
  const box = boxOf(map.dimension, incumbents, turn, models, stream);
  const random = options.random ?? effort.random;
  const found = searchAcquisition({
    acquisition,
    map,
    stream,
    random: box === null ? task.draws.allowed(random) : Array.from({ length: random }, () => box.draw(stream)),
    incumbents: box === null ? incumbents : incumbents.slice(0, 1),
    box,
    mutations: options.mutations ?? effort.mutations,
    climbs: options.climbs ?? effort.climbs,
    children: effort.children,
    allowed: task.allowed,
    known,
  });
  if (found === null) return null;
  const isEach = targets.length === request.metrics.length && objectives.every((model) => model !== null);
  const said = { metrics: request.metrics, objectives: isEach ? objectives : [], limits: request.limits };
  const why = whyOfMany({ ...said, comparisons, feasible }, found.point);
  const by = preferred !== null && { preferred: preferred.weights };
  return { point: found.point, why: { member: turn, acquisition: found.score, ...why, ...by } };
}

/** What is compared: whole runs alone, or while there is none the trials that passed rungs, of all objectives. */
function judgedOf({ trials }: TrialTable): readonly TabledTrial[] {
  const complete = trials.filter(({ result }) => result.kind === "complete");
  return complete.length > 0 ? complete : partialOf(trials);
}

/** The objectives, or where they are too many one number drawn that stands for all. */
function targetsOf({ request, table, stream }: ManyTask, { goals, references }: Counting): readonly Target[] {
  const { length } = request.metrics;
  if (length <= MOST_BY_VOLUME) return objectiveTargets(request);
  const complete = judgedOf(table);
  const scalarOf = chebyshevOf(
    complete.map(({ result }) => clipped(result.point, goals)),
    length,
    stream,
    references,
  );
  return [{ key: null, numberOf: ({ result }) => scalarOf(clipped(result.point, goals)) }];
}

/** By limit and comparison, its model. */
function comparisonsOf(
  targets: readonly (readonly Target[])[],
  models: ManyModels,
  plan: ModelPlan,
): readonly (readonly (TargetModel | null)[])[] {
  return targets.map((own) => own.map((target) => models.model(target, plan)));
}

function limitsOf(
  { limits: texts }: SuggestRequest,
  models: readonly (readonly (TargetModel | null)[])[],
  nearest: Excesses | undefined,
): LogWithinLimits | null {
  const limits = compileLimits(texts).map(({ tree }, k): LimitModel => {
    const comparisons = models[k]!.map((model, place) => {
      if (model === null) return null;
      const wanted = Math.max(0, APPROACH * finiteOr0(nearest?.[k]?.[place]));
      const raw = model.set.raw.map((difference) => difference - wanted);
      return { process: model.process, zero: zeroUnderWarp(raw, model.set.values) };
    });
    return { tree, comparisons };
  });
  const none = limits.every(({ comparisons }) => comparisons.every((comparison) => comparison === null));
  return none ? null : new LogWithinLimits(limits);
}

function finiteOr0(number: number | undefined): number {
  return number !== undefined && Number.isFinite(number) ? number : 0;
}

/** Those that break limits least first. */
function nearestOf(complete: readonly TabledTrial[], { tables }: ManyModels): readonly TabledTrial[] {
  return complete.toSorted((a, b) => tables.scale.compare(a.result.excesses, b.result.excesses));
}

/** Configurations from which the search goes on: of the best front, else those that break limits least. */
function incumbentsOf(feasible: readonly TabledTrial[], complete: readonly TabledTrial[], models: ManyModels) {
  const nearest = nearestOf(complete, models).slice(0, INCUMBENTS);
  return feasible.length > 0 ? bestOf(feasible, INCUMBENTS, models.tables) : nearest;
}

function distinct(trials: readonly TabledTrial[], { map }: ManyModels): Float64Array[] {
  return [...new Map(trials.map(({ point }) => [map.points.key(point), point])).values()];
}

/** The surroundings of one of the best trials, where so many parameters matter at once that a search of the whole space finds little. */
function boxOf(
  dimension: number,
  incumbents: Float64Array[],
  turn: string,
  { map }: ManyModels,
  stream: RandomStream,
): TrustBox | null {
  if (dimension <= MOST_GLOBAL_DIMENSION || turn !== "likely" || incumbents.length === 0) return null;
  const center = stream.int(incumbents.length);
  incumbents.unshift(...incumbents.splice(center, 1));
  return new TrustBox(map.points, incumbents[0]!, TRUST_LENGTH);
}

function seenOf({ trials, failed }: TrialTable) {
  const points = trials.map(({ point }) => point);
  return {
    points,
    failed,
    valued: points,
    values: new Float64Array(points.length),
    levels: null,
    nextLevel: 0,
    repeats: [],
  };
}
