import { type Importance, importance } from "../analysis/importance.ts";
import { type NothingGood, nothingGood } from "../analysis/nothing-good.ts";
import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** How much of the variation of a metric each parameter explains; no bars below ten complete trials. */
export interface ImportanceFigure {
  readonly type: "importance";
  readonly metric: Metric;
  readonly method: "fanova";
  /** Complete trials; 0 when they are too few. */
  readonly trials: number;
  /** Share of the variation of unseen trials that the model foretells, from 0 to 1. */
  readonly explained: number;
  /** Whether that is enough to go by the bars. */
  readonly enough: boolean;
  readonly bars: Importance["parameters"];
  readonly pairs: Importance["pairs"];
  /** Where, of the first bar's parameter, no trial was good; null where that cannot be said. */
  readonly nothingGood: NothingGood | null;
}

/** The importance of the parameters, as bars. */
export function importanceFigure(trials: Iterable<Trial>, metric: Metric, space: Space): ImportanceFigure {
  const head = { type: "importance", metric, method: "fanova" } as const;
  const found = importance(trials, metric, space);
  if (found === null)
    return { ...head, trials: 0, explained: 0, enough: false, bars: [], pairs: [], nothingGood: null };
  const { parameters: bars, pairs, explained, enough, trials: count } = found;
  const first = space.parameters.find(({ name }) => name === bars[0]?.name);
  const bad = first === undefined || !enough ? null : nothingGood(trials, metric, first);
  return { ...head, trials: count, explained, enough, bars, pairs, nothingGood: bad };
}
