import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { FEWEST_TRIALS } from "./fewest-trials.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/** One value that all trials ended with, whatever they tried. */
export interface SameValue {
  readonly metric: string;
  readonly value: number;
  /** Complete trials with it, and the different configurations among them. */
  readonly trials: number;
  readonly configurations: number;
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
  let count = 0;
  for (let place = 0; place < list.length; place++) {
    if (states[place] !== COMPLETE || hidden[place] === 1) continue;
    const value = values[place]!;
    if (!Number.isFinite(value) || (common !== null && value !== common)) return null;
    common = value;
    count += 1;
  }
  if (common === null || count < FEWEST_TRIALS) return null;
  const tried = new Set<string>();
  for (const { params } of list.inState("complete"))
    tried.add(JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))));
  if (tried.size < FEWEST_TRIALS) return null;
  return { metric: metric.name, value: common, trials: count, configurations: tried.size };
}
