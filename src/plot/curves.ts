import { compareValues, isVisible } from "../objective/index.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial, TrialDecision, TrialState } from "../trial/trial.ts";

/** What a trial told of the metric at a step. */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** Where a scheduler decided something, at the trial's last step with a value by then, and why. */
export interface CurveMark extends CurvePoint {
  readonly action: Exclude<TrialDecision["action"], "start">;
  readonly reason: string;
}

export interface LearningCurve {
  readonly trial: number;
  readonly state: TrialState;
  /** Finite values by step, of several at one step the last; of very many those at even distances, and the last. */
  readonly points: readonly CurvePoint[];
  readonly marks: readonly CurveMark[];
}

/** The learning curves of a study, and what was stopped, paused and promoted where. */
export interface CurvesFigure {
  readonly type: "curves";
  readonly metric: Metric;
  /** Of the newest trials that told the metric at a step, and of the best complete one, by number. */
  readonly curves: readonly LearningCurve[];
  /** Number of the complete trial that ended best; null where none did. */
  readonly best: number | null;
  /** How many trials told the metric at a step. */
  readonly trials: number;
}

const MOST_CURVES = 500;
const MOST_POINTS = 256;

/** The learning curves of a study. */
export function curvesFigure(trials: readonly Trial[], metric: Metric): CurvesFigure {
  const told = trials.filter((trial) => isVisible(trial) && trial.reports.some(({ values }) => metric.name in values));
  const best = bestOf(told, metric);
  const newest = told.slice(-MOST_CURVES);
  const shown = best === null || newest.includes(best) ? newest : [best, ...newest.slice(1)];
  const curves = shown.map((trial) => curveOf(trial, metric.name)).filter(({ points }) => points.length > 0);
  return { type: "curves", metric, curves, best: best?.number ?? null, trials: told.length };
}

function bestOf(trials: readonly Trial[], { name, direction }: Metric): Trial | null {
  let best: { readonly trial: Trial; readonly value: number } | null = null;
  for (const trial of trials) {
    const value = Object.hasOwn(trial.values, name) ? decodeNumber(trial.values[name]!) : Number.NaN;
    if (trial.state !== "complete" || !Number.isFinite(value)) continue;
    if (best === null || compareValues(value, best.value, direction) < 0) best = { trial, value };
  }
  return best?.trial ?? null;
}

function curveOf({ number, state, reports, segments, decisions = [] }: Trial, metric: string): LearningCurve {
  const bySteps = new Map<number, number>();
  for (const { step, values } of reports)
    if (Object.hasOwn(values, metric)) bySteps.set(step, decodeNumber(values[metric]!));
  const points = Array.from(bySteps, ([step, value]) => ({ step, value }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.step - b.step);
  const marks: CurveMark[] = [];
  let segment = -1;
  for (const { action, reason, report } of decisions) {
    const before = segment;
    if (action === "start" || action === "resume") segment += 1;
    if (action === "start" || reason === "") continue;
    const until =
      report === undefined
        ? segments[Math.max(0, action === "resume" ? before : segment)]?.until
        : reports[report]?.step;
    const point = points.findLast(({ step }) => step <= (until ?? Number.POSITIVE_INFINITY));
    if (point !== undefined) marks.push({ ...point, action, reason });
  }
  return { trial: number, state, points: thinned(points), marks };
}

function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= MOST_POINTS) return points;
  return Array.from(
    { length: MOST_POINTS },
    (_none, k) => points[Math.round((k * (points.length - 1)) / (MOST_POINTS - 1))]!,
  );
}
