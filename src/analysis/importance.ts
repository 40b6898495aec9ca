import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../numeric/random/stream-source.ts";
import { type Limit, metricValue, rankTrials } from "../objective/index.ts";
import { isParameterValue, type Parameter, type Space, toUnit } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { pearsonDivergence } from "./pearson-divergence.ts";

/** How much one parameter decides whether a trial is among the best. */
export interface ParameterImportance {
  readonly name: string;
  /** Share of all importance, in [0, 1]. */
  readonly share: number;
  /** Complete trials in which it was active. */
  readonly trials: number;
}

/** The parameters of a study, the most important first; fixed ones are left out. */
export interface Importance {
  readonly method: "ped-anova";
  /** Complete trials with a finite value. */
  readonly trials: number;
  readonly parameters: readonly ParameterImportance[];
}

const TOP_SHARE = 0.1;
/** The best are at least so many, as long as they are not more than half. */
const TOP_LEAST = 5;
const LEAST_TRIALS = 10;
const MOST_BINS = 50;
/** Random sets as large as the best that tell what chance alone gives. */
const CHANCE_SETS = 32;

/**
 * PED-ANOVA (Watanabe, Bansal and Hutter 2023, "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary
 * Subspaces", eq. 16): the Pearson divergence of a parameter's distribution among the best tenth from that among all trials. Each
 * parameter is judged among the trials in which it is active and weighed by their share, so that conditional ones need no
 * imputation. What random sets of that size give on average is taken off. Null below ten complete trials.
 */
export function importance(
  trials: Iterable<Trial>,
  metric: Metric,
  space: Space,
  limits: readonly Limit[] = [],
): Importance | null {
  const ranked = rankTrials(trials, metric, limits).filter(
    (trial) => trial.state === "complete" && Number.isFinite(metricValue(trial, metric.name)),
  );
  if (ranked.length < LEAST_TRIALS) return null;
  const judged = space.parameters.filter(({ type }) => type !== "fixed").map((parameter) => judge(parameter, ranked));
  const sum = judged.reduce((total, { weight }) => total + weight, 0);
  const parameters = judged
    .map(({ name, weight, trials }) => ({ name, share: sum === 0 ? 0 : weight / sum, trials }))
    .sort((a, b) => b.share - a.share);
  return { method: "ped-anova", trials: ranked.length, parameters };
}

function judge(parameter: Parameter, ranked: readonly Trial[]) {
  const { name } = parameter;
  const units = ranked.map((trial) => unitOf(parameter, trial)).filter((unit) => unit !== null);
  const base = { name, trials: units.length };
  if (units.length < LEAST_TRIALS) return { ...base, weight: 0 };
  const count = Math.max(Math.ceil(units.length * TOP_SHARE), Math.min(TOP_LEAST, units.length >> 1));
  const bins = binCount(parameter);
  const smooth = parameter.type === "float" || parameter.type === "int";
  const found = pearsonDivergence(units.slice(0, count), units, bins, smooth);
  const streams = keyedStreams(0, 0);
  let chance = 0;
  for (let round = 0; round < CHANCE_SETS; round++) {
    const drawn = subset(units, count, streams.stream(`importance-${round}`));
    chance += pearsonDivergence(drawn, units, bins, smooth) / CHANCE_SETS;
  }
  return { ...base, weight: (Math.max(0, found - chance) * units.length) / ranked.length };
}

/** The value's place in [0, 1]; null when the parameter is inactive, or the value is of an older space. */
function unitOf(parameter: Parameter, { params }: Trial): number | null {
  const value = Object.hasOwn(params, parameter.name) ? params[parameter.name] : undefined;
  return value === undefined || !isParameterValue(parameter, value) ? null : toUnit(parameter, value);
}

function binCount(parameter: Parameter): number {
  if (parameter.type === "categorical") return parameter.choices.length;
  if (parameter.type === "ordinal") return parameter.values.length;
  return parameter.type === "boolean" ? 2 : MOST_BINS;
}

function subset(units: readonly number[], count: number, stream: RandomStream): readonly number[] {
  const left = [...units];
  for (let k = 0; k < count; k++) {
    const other = k + stream.int(left.length - k);
    [left[k], left[other]] = [left[other]!, left[k]!];
  }
  return left.slice(0, count);
}
