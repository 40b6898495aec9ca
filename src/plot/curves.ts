import { compareValues } from "../objective/index.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
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

const COMPLETE = STATE_CODES.indexOf("complete");
const MOST_CURVES = 500;
const MOST_POINTS = 256;

/** The learning curves of a study. */
export function curvesFigure(trials: Iterable<Trial>, metric: Metric): CurvesFigure {
  const list = TrialList.of(trials);
  const places = placesOfTold(list, metric.name);
  const best = bestOf(list, places, metric);
  const newest = Array.from(places.slice(-MOST_CURVES), (place) => list.at(place)!);
  const shown =
    best === null || newest.some(({ number }) => number === best.number) ? newest : [best, ...newest.slice(1)];
  const curves = shown.map((trial) => curveOf(trial, metric.name)).filter(({ points }) => points.length > 0);
  return { type: "curves", metric, curves, best: best?.number ?? null, trials: places.length };
}

/** Places of the trials that told the metric at a step. */
function placesOfTold(list: TrialList, metric: string): Int32Array {
  const { hidden, reportCounts } = list;
  const places = new Int32Array(list.length);
  let count = 0;
  for (let place = 0; place < list.length; place++)
    if (hidden[place] === 0 && reportCounts[place]! > 0)
      if (list.at(place)!.reports.some(({ values }) => metric in values)) places[count++] = place;
  return places.slice(0, count);
}

function bestOf(list: TrialList, places: Int32Array, { name, direction }: Metric): Trial | null {
  const { states } = list;
  const all = list.values(name);
  let best: number | null = null;
  for (const place of places) {
    const value = all[place]!;
    if (states[place] !== COMPLETE || !Number.isFinite(value)) continue;
    if (best === null || compareValues(value, all[best]!, direction) < 0) best = place;
  }
  return best === null ? null : list.at(best)!;
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
