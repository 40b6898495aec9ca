import { compareValues, isVisible, keepsLimits, type Limit, metricValue } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { thinPoints } from "./thin-points.ts";

/** What trials cost against how good they are. */
export interface CostFigure {
  readonly type: "cost";
  readonly metric: Metric;
  /** `cost`: what those who ran the trials counted; else the seconds that their attempts took. */
  readonly unit: "seconds" | "cost";
  /** Complete trials with a finite value: what each cost by itself; of very many some. */
  readonly points: readonly { readonly trial: number; readonly cost: number; readonly value: number }[];
  /** Each improvement, with all that was spent until then. */
  readonly best: readonly { readonly trial: number; readonly spent: number; readonly value: number }[];
  /** All that was spent, on trials of any end. */
  readonly spent: number;
  readonly complete: number;
}

/** Cost against quality; trials count in the order in which they ended. */
export function costFigure(
  trials: readonly Trial[],
  metric: Metric,
  limits: readonly Limit[] = [],
  most: number = Number.POSITIVE_INFINITY,
): CostFigure {
  const ran = trials.filter((trial) => isVisible(trial)).map(costOf);
  const unit = ran.some(({ given }) => given !== null) ? "cost" : "seconds";
  const costIn = ({ given, seconds }: (typeof ran)[number]): number => (unit === "cost" ? (given ?? 0) : seconds);
  const points: { trial: number; cost: number; value: number }[] = [];
  const best: { trial: number; spent: number; value: number }[] = [];
  let spent = 0;
  for (const one of ran.toSorted((a, b) => a.end - b.end || a.trial.number - b.trial.number)) {
    const { trial } = one;
    const cost = costIn(one);
    spent += cost;
    const value = trial.state === "complete" ? metricValue(trial, metric.name) : Number.NaN;
    if (!Number.isFinite(value)) continue;
    points.push({ trial: trial.number, cost, value });
    const before = best.at(-1);
    if (before !== undefined && compareValues(value, before.value, metric.direction) >= 0) continue;
    if (keepsLimits(trial, limits)) best.push({ trial: trial.number, spent, value });
  }
  const shown = thinPoints(
    points,
    most,
    ({ cost }) => cost,
    ({ value }) => value,
  );
  return { type: "cost", metric, unit, points: shown, best, spent, complete: points.length };
}

/** What a trial's attempts took together, and when the last one ended. */
function costOf(trial: Trial): {
  readonly trial: Trial;
  readonly given: number | null;
  readonly seconds: number;
  readonly end: number;
} {
  let [given, seconds, end] = [null as number | null, 0, Number.NEGATIVE_INFINITY];
  for (const { attempts } of trial.segments)
    for (const attempt of attempts) {
      if (attempt.cost !== undefined) given = (given ?? 0) + attempt.cost;
      const { startedAt, endedAt } = attempt;
      end = Math.max(end, endedAt ?? startedAt);
      if (attempt.seconds !== undefined) seconds += attempt.seconds;
      else if (endedAt !== null && attempt.outcome !== "lost") seconds += Math.max(0, endedAt - startedAt) / 1000;
    }
  return { trial, given, seconds, end };
}
