import { canonicalJson } from "../../trial/evolve/canonical-json.ts";
import { STATE_CODES } from "../../trial/history-view.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";
import { FEWEST_TRIALS } from "../fewest-trials.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/** One value that all trials ended with, whatever they tried. */
export interface SameValue {
  readonly metric: string;
  readonly value: number;
  /** Complete trials with it, and the different configurations among them. */
  readonly trials: number;
  readonly configurations: number;
  /** Number of the newest of these trials. */
  readonly last: number;
}

/**
 * The value that every complete trial has, where five or more different configurations were tried: then the values do not depend on
 * the parameters, or are not the ones that were meant. Null otherwise.
 */
export function sameValue(trials: Iterable<Trial>, metric: Metric): SameValue | null {
  const list = TrialList.of(trials);
  const { states, hidden } = list;
  const values = list.values(metric.name);
  let common: number | null = null;
  for (let place = 0; place < list.length; place++) {
    if (states[place] !== COMPLETE || hidden[place] === 1) continue;
    const value = values[place]!;
    if (!Number.isFinite(value) || (common !== null && value !== common)) return null;
    common = value;
  }
  const complete = [...list.inState("complete")];
  const { size } = new Set(complete.map(({ params }) => canonicalJson(params)));
  if (common === null || size < FEWEST_TRIALS) return null;
  return {
    metric: metric.name,
    value: common,
    trials: complete.length,
    configurations: size,
    last: complete.at(-1)!.number,
  };
}
