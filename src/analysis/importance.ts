import { FinishedTrials } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { forestData } from "./forest/forest-data.ts";
import { type Forest, growForest, withShadows } from "./forest/grow-forest.ts";
import { pairVariance } from "./forest/tree-variance.ts";
import { usefulRange } from "./useful-range.ts";

/** How much of the variation of a metric one parameter explains. */
export interface ParameterImportance {
  readonly name: string;
  /** Share of the variation over the space, in [0, 1], less what chance gives. */
  readonly share: number;
  /** One standard deviation of it, over trees that were grown on other draws from the trials. */
  readonly deviation: number;
  /** Whether it is more than chance: the share less its deviation is above 0. */
  readonly certain: boolean;
  /** Complete trials in which it was active. */
  readonly trials: number;
}

/** How much two parameters explain by going together, beyond what each does by itself. */
export interface PairImportance {
  readonly parameters: readonly [first: string, second: string];
  readonly share: number;
  readonly deviation: number;
}

/** The parameters of a study, the most important first; fixed ones are left out. */
export interface Importance {
  readonly method: "fanova";
  /** Complete trials with a finite value. */
  readonly trials: number;
  /** Share of the variation of trials that a tree had not seen which it foretold, from 0 to 1. */
  readonly explained: number;
  /** Whether that is enough to go by what the trees say. */
  readonly enough: boolean;
  readonly parameters: readonly ParameterImportance[];
  /** Of the parameters that explain most, the pairs that explain most first. */
  readonly pairs: readonly PairImportance[];
}

const LEAST_TRIALS = 10;
/** Trials that a forest is grown on at most, evenly by their rank. */
const MOST_TRIALS = 600;
const TREES = 48;
const SHADOW_TREES = 24;
/** With less of unseen trials foretold, nothing is said. */
const LEAST_EXPLAINED = 0.2;
/** Parameters whose pairs are looked at. */
const PAIRED = 5;

/** A forest grown on the trials of a study, and which they are; null below ten complete ones. */
export interface StudyForest {
  readonly forest: Forest;
  readonly trials: readonly Trial[];
  /** Complete trials with a finite value, those that it was not grown on too. */
  readonly complete: number;
}

/** Grown on a list of trials, which does not change: several figures ask for the same. */
const known = new WeakMap<TrialList, { readonly of: readonly unknown[]; readonly grown: StudyForest | null }>();

/** Grows the forest that importance and pairs are read from. Very bad values count as the bound of `usefulRange`. */
export function studyForest(trials: Iterable<Trial>, metric: Metric, space: Space): StudyForest | null {
  if (!(trials instanceof TrialList)) return grownForest(trials, metric, space);
  const before = known.get(trials);
  const of = [metric.name, metric.direction, space];
  if (before?.of.every((part, place) => part === of[place])) return before.grown;
  const grown = grownForest(trials, metric, space);
  known.set(trials, { of, grown });
  return grown;
}

function grownForest(trials: Iterable<Trial>, metric: Metric, space: Space): StudyForest | null {
  const complete = FinishedTrials.of(trials, metric);
  if (complete.length < LEAST_TRIALS) return null;
  const [low, high] = usefulRange(complete.values, metric.direction);
  const some = evenly(complete);
  const values = some.map((index) => Math.min(high, Math.max(low, complete.values[index]!)));
  const taken = some.map((index) => complete.trial(index));
  const data = forestData(
    space,
    taken.map(({ params }) => params),
    values,
  );
  return { forest: growForest(data, TREES), trials: taken, complete: complete.length };
}

/** Indexes of those that are learnt from. */
function evenly(complete: FinishedTrials): readonly number[] {
  const { length } = complete;
  if (length <= MOST_TRIALS) return Array.from({ length }, (_, index) => index);
  const { ranked } = complete;
  return Array.from({ length: MOST_TRIALS }, (_, k) => ranked[Math.floor((k * length) / MOST_TRIALS)]!);
}

/**
 * Functional analysis of variance of a forest (Hutter, Hoos and Leyton-Brown, 2014), with what chance gives taken off: what shuffled copies
 * of the parameters explain (Kursa and Rudnicki, "Feature selection with the Boruta package", 2010). Null below ten complete trials.
 */
export function importance(trials: Iterable<Trial>, metric: Metric, space: Space): Importance | null {
  const grown = studyForest(trials, metric, space);
  return grown === null ? null : importanceOf(grown);
}

const read = new WeakMap<StudyForest, Importance>();

/** The same of a forest that is grown already; read once. */
export function importanceOf(grown: StudyForest): Importance {
  const before = read.get(grown);
  if (before !== undefined) return before;
  const found = readForest(grown);
  read.set(grown, found);
  return found;
}

function readForest({ forest, complete }: StudyForest): Importance {
  const { axes, places } = forest.data;
  const chance = chanceOf(forest);
  const parameters = axes.map(({ parameter, inactive }, axis): ParameterImportance => {
    const { mean, deviation } = spread(
      forest.trees.map(({ single, total }) => (total > 0 ? single[axis]! / total : 0)),
    );
    const active = places[axis]!.reduce((count, cell) => count + Number(cell !== inactive), 0);
    const { name } = parameter;
    if (active < LEAST_TRIALS) return { name, share: 0, deviation: 0, certain: false, trials: active };
    const share = Math.max(0, mean - chance[axis]!);
    return { name, share, deviation, certain: share > deviation, trials: active };
  });
  const explained = Math.max(0, forest.explained);
  return {
    method: "fanova",
    trials: complete,
    explained,
    enough: explained >= LEAST_EXPLAINED,
    parameters: parameters.toSorted((a, b) => b.share - a.share),
    pairs: pairsOf(forest, parameters),
  };
}

function chanceOf({ data }: Forest): Float64Array {
  const count = data.axes.length;
  const { trees } = growForest(withShadows(data), SHADOW_TREES, "shadows");
  return Float64Array.from({ length: count }, (_, axis) =>
    trees.reduce((sum, { single, total }) => sum + (total > 0 ? single[count + axis]! / total / trees.length : 0), 0),
  );
}

function pairsOf(forest: Forest, parameters: readonly ParameterImportance[]): readonly PairImportance[] {
  const { trees, weights } = forest;
  const order = parameters.map((_, axis) => axis).sort((a, b) => parameters[b]!.share - parameters[a]!.share);
  const chosen = order.slice(0, PAIRED);
  const pairs = chosen.flatMap((a, place) => chosen.slice(place + 1).map((b) => [a, b] as const));
  return pairs
    .map(([a, b]): PairImportance => {
      const shares = trees.map((tree) =>
        tree.total > 0 ? pairVariance(tree, weights, a, b).variance / tree.total : 0,
      );
      const { mean, deviation } = spread(shares);
      return { parameters: [parameters[a]!.name, parameters[b]!.name], share: mean, deviation };
    })
    .sort((a, b) => b.share - a.share);
}

function spread(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
