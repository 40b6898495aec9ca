import { noiseFactors } from "../../surrogate/gp/noise-factors.ts";
import { type OutputWarp, warpOutputs } from "../../surrogate/gp/output-warp.ts";
import type { PointSpace } from "../../surrogate/gp/point-space.ts";
import type { Observations } from "./observations.ts";
import { selectRows } from "./select-rows.ts";

/** Data as of a number of rows. */
export type TrainingData = Pick<Observations, "points" | "values" | "levels" | "repeats">;

/** What a model is made of. */
export interface TrainingSet {
  readonly points: readonly Float64Array[];
  /** As they were measured, to be made small. */
  readonly raw: readonly number[];
  /** Bent and standardised. */
  readonly values: Float64Array;
  /** How many times the noise's variance each point has, then each of those pending. */
  readonly noiseFactors: Float64Array;
  /** How much shorter than whole each was run, then each of those pending: not at all. Left out where all data are of whole runs. */
  readonly levels?: Float64Array;
}

/** At most `most` of the trials (see `selectRows`), their values bent; how noisy these are is told by the repeats among all trials. */
export function trainingSet(
  space: PointSpace,
  data: TrainingData,
  most: number,
  warp: OutputWarp,
  pending: readonly Float64Array[] = [],
): TrainingSet {
  const chosen = selectRows(data.values, most, data.levels);
  const points = chosen.map((i) => data.points[i]!);
  const raw = chosen.map((i) => data.values[i]!);
  const values = warpOutputs(raw, warp);
  const set = { points, raw, values, noiseFactors: factors(space, data, warp, points, pending) };
  const { levels } = data;
  if (levels === null) return set;
  return { ...set, levels: Float64Array.from([...chosen.map((i) => levels[i]!), ...pending.map(() => 0)]) };
}

function factors(
  space: PointSpace,
  { points, values, repeats: groups }: TrainingData,
  warp: OutputWarp,
  chosen: readonly Float64Array[],
  pending: readonly Float64Array[],
): Float64Array {
  if (groups.length === 0) return new Float64Array(chosen.length + pending.length).fill(1);
  return noiseFactors(space, { points, values: warpOutputs(values, warp), groups }, chosen, pending);
}
