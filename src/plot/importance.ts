import { importance, type ParameterImportance } from "../analysis/index.ts";
import type { Limit } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** How much each parameter decides whether a trial is among the best; no bars below ten complete trials. */
export interface ImportanceFigure {
  readonly type: "importance";
  readonly metric: Metric;
  readonly method: "ped-anova";
  /** Complete trials it is computed from; 0 when they are too few. */
  readonly trials: number;
  readonly bars: readonly ParameterImportance[];
}

/** The importance of the parameters, as bars. */
export function importanceFigure(
  trials: readonly Trial[],
  metric: Metric,
  space: Space,
  limits: readonly Limit[] = [],
): ImportanceFigure {
  const found = importance(trials, metric, space, limits);
  return { type: "importance", metric, method: "ped-anova", trials: found?.trials ?? 0, bars: found?.parameters ?? [] };
}
