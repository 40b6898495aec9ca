import { undominatedBoxes } from "../../../numeric/hypervolume/box-decomposition.ts";
import { undominatedPlaces } from "../../../numeric/pareto/undominated-places.ts";
import { exp } from "../../../numeric/special/exp.ts";
import { normalQuantile } from "../../../numeric/special/normal-quantile.ts";
import { compileLimits } from "../../../objective/limit.ts";
import { unwarp } from "../../../surrogate/gp/unwarp.ts";
import type { Metric } from "../../../trial/metric.ts";
import { knownReferences } from "../../known-references.ts";
import type { Expectation, SuggestionWhy } from "../../suggestion-why.ts";
import { zeroUnderWarp } from "../zero-under-warp.ts";
import { type LimitModel, LogWithinLimits } from "./log-within-limits.ts";
import type { TargetModel } from "./many-models.ts";
import type { TabledTrial } from "./trial-table.ts";

/** Evenly likely values that stand for what is expected of one objective. */
const VALUES = 33;
/** How far beyond the worst result the reference lies, as a share of the range from the best. */
const BEYOND = 0.1;
const Z = Float64Array.from({ length: VALUES }, (_none, k) => normalQuantile((k + 0.5) / VALUES));

/** What a proposal's models say. */
export interface WhyParts {
  readonly metrics: readonly Metric[];
  /** By objective; empty where one number stands for all. */
  readonly objectives: readonly TargetModel[];
  readonly limits: readonly string[] | undefined;
  /** By limit and comparison; null where trials say nothing of it. */
  readonly comparisons: readonly (readonly (TargetModel | null)[])[];
  /** Results that keep the limits. */
  readonly feasible: readonly TabledTrial[];
}

/**
 * What is expected of a configuration in the units of the results: each objective, how much of the hypervolume it adds, how likely it keeps each
 * limit. Nothing is drawn for it.
 */
export function whyOfMany(
  parts: WhyParts,
  point: Float64Array,
): Pick<SuggestionWhy, "predicted" | "objectives" | "hypervolume" | "limits"> {
  const { metrics, objectives, limits } = parts;
  const values = objectives.map((model) => valuesOf(model, point));
  const expected = metrics.flatMap(({ name, direction }, d) => {
    const own = values[d];
    return own === undefined ? [] : [[name, expectationOf(own, direction === "minimize" ? 1 : -1)] as const];
  });
  const hypervolume = addedShare(
    values.map(({ all }) => all),
    parts.feasible,
    knownReferences(metrics),
  );
  return {
    predicted: expected[0]?.[1] ?? null,
    ...(metrics.length > 1 && expected.length > 0 && { objectives: Object.fromEntries(expected) }),
    ...(metrics.length > 1 && hypervolume !== null && { hypervolume }),
    ...((limits ?? []).length > 0 && { limits: chancesOf(parts, point) }),
  };
}

interface Expected {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Evenly likely values, ascending. */
  readonly all: Float64Array;
}

/** What a process expects, taken back to the unit of the results, to be made small. */
function valuesOf({ process, set }: TargetModel, point: Float64Array): Expected {
  const { mean, variance } = process.predict([point]);
  const center = mean.reduce((sum, v) => sum + v, 0) / mean.length;
  const deviation = Math.sqrt(variance[0]!);
  const own = (value: number): number => unwarp(value, set.values, set.raw);
  return {
    ...{ mean: own(center), low: own(center - deviation), high: own(center + deviation) },
    all: Z.map((z) => own(center + z * deviation)),
  };
}

function expectationOf({ mean, low, high }: Expected, sign: number): Expectation {
  const ends = [sign * low, sign * high].sort((a, b) => a - b);
  return { mean: sign * mean, low: ends[0]!, high: ends[1]! };
}

/**
 * The hypervolume that is added on average by independent values, as a share of the box from the best of each objective to its reference, or a tenth beyond its worst; null where
 * results span none.
 */
function addedShare(
  values: readonly Float64Array[],
  feasible: readonly TabledTrial[],
  references: Float64Array | null,
): number | null {
  if (values.length === 0 || feasible.length === 0) return null;
  const points = feasible.map(({ result }) => result.point);
  const low = points.reduce((a, b) => a.map((v, d) => Math.min(v, b[d]!)));
  const high = points.reduce((a, b) => a.map((v, d) => Math.max(v, b[d]!)));
  const spans = high.map((v, d) => {
    const reference = references?.[d] ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(reference) ? reference - low[d]! : (1 + BEYOND) * (v - low[d]!);
  });
  if (!spans.every((span) => span > 0 && Number.isFinite(span))) return null;
  const shareOf = (value: number, d: number): number => (value - low[d]!) / spans[d]!;
  const scaled = undominatedPlaces(points).map((place) => points[place]!.map(shareOf));
  const { dimension, count, lower, upper } = undominatedBoxes(scaled, new Array<number>(spans.length).fill(1));
  const own = values.map((all, d) => all.map((value) => shareOf(value, d)));
  const belowOf = (end: number, d: number): number =>
    own[d]!.reduce((sum, value) => sum + Math.max(0, end - value), 0) / VALUES;
  let added = 0;
  for (let box = 0; box < count; box++) {
    let volume = 1;
    for (let d = 0; d < dimension; d++) {
      const from = lower[box * dimension + d]!;
      volume *= belowOf(upper[box * dimension + d]!, d) - (Number.isFinite(from) ? belowOf(from, d) : 0);
    }
    added += volume;
  }
  return added;
}

function chancesOf({ limits, comparisons }: WhyParts, point: Float64Array): NonNullable<SuggestionWhy["limits"]> {
  return compileLimits(limits).flatMap(({ text, tree }, k) => {
    const models = comparisons[k]!.map((model) => {
      return model === null ? null : { process: model.process, zero: zeroUnderWarp(model.set.raw, model.set.values) };
    });
    if (models.every((model) => model === null)) return [];
    const own: LimitModel = { tree, comparisons: models };
    return [{ limit: text, chance: Math.min(1, exp(new LogWithinLimits([own]).scores([point])[0]!)) }];
  });
}
