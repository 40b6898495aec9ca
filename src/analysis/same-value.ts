import { isVisible, metricValue } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { FEWEST_TRIALS } from "./fewest-trials.ts";

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
  let common: number | null = null;
  let count = 0;
  const tried = new Set<string>();
  for (const trial of trials) {
    if (trial.state !== "complete" || !isVisible(trial)) continue;
    const value = metricValue(trial, metric.name);
    if (!Number.isFinite(value) || (common !== null && value !== common)) return null;
    common = value;
    count += 1;
    tried.add(JSON.stringify(Object.entries(trial.params).sort(([a], [b]) => (a < b ? -1 : 1))));
  }
  if (common === null || tried.size < FEWEST_TRIALS) return null;
  return { metric: metric.name, value: common, trials: count, configurations: tried.size };
}
