import { compareValues } from "../../objective/index.ts";
import { OptionReader } from "../../sampler/option-reader.ts";
import type { JsonValue } from "../../space/json.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { judgesAt } from "../judges-at.ts";
import { MetricTrack } from "../metric-track.ts";
import type { ReportDecision, Scheduler } from "../scheduler.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
const LARGEST = Number.MAX_SAFE_INTEGER;

interface MedianOptions {
  readonly warmup: number;
  readonly startup: number;
  readonly interval: number;
  readonly percentile: number;
}

/**
 * The median stopping rule: a trial stops when its best value so far is worse than the median of what complete trials had at that
 * step. Rule: Golovin et al., "Google Vizier", KDD 2017, section 3.2.1, with best values instead of running averages.
 */
export function createMedian(options: Readonly<Record<string, JsonValue>>, metrics: readonly Metric[]): Scheduler {
  const reader = new OptionReader("scheduler median", options);
  const read: MedianOptions = {
    warmup: reader.number("warmup", { default: 0, low: 0, high: LARGEST }),
    startup: reader.integer("startup", { default: 5, low: 1, high: LARGEST }),
    interval: reader.number("interval", { default: 1, low: Number.MIN_VALUE, high: LARGEST }),
    percentile: reader.number("percentile", { default: 50, low: 0, high: 100 }),
  };
  reader.done();
  const [metric] = metrics;
  const tracks = new WeakMap<Trial, MetricTrack>();
  return {
    name: "median",
    onReport: (view, trial, report) =>
      metric === undefined ? { action: "continue" } : decide(read, metric, tracks, view, trial, report),
    next: () => ({ action: "start-new", until: null }),
  };
}

function decide(
  options: MedianOptions,
  metric: Metric,
  tracks: WeakMap<Trial, MetricTrack>,
  view: HistoryView,
  trial: Trial,
  report: Report,
): ReportDecision {
  const trackOf = (of: Trial): MetricTrack => {
    const track = tracks.get(of) ?? new MetricTrack(of.reports, metric);
    tracks.set(of, track);
    return track;
  };
  if (report.values[metric.name] === undefined || !judgesAt(trial, report, options.warmup, options.interval))
    return { action: "continue" };
  const others = valuesAt(view, trackOf, report.step, trial.number);
  if (others.length < options.startup) return { action: "continue" };
  const bar = atPercentile(others, options.percentile, metric);
  const own = trackOf(trial).bestBy(report.seq);
  if (compareValues(own, bar, metric.direction) <= 0) return { action: "continue" };
  const word = options.percentile === 50 ? "the median" : `percentile ${options.percentile}`;
  return {
    action: "stop",
    reason: `best ${metric.name} ${own} up to step ${report.step}, worse than ${word} (${bar}) of ${others.length} complete trials at that step`,
  };
}

/** What each complete trial had at a step: its newest value by then. Trials that had none yet are left out. */
function valuesAt(
  view: HistoryView,
  trackOf: (trial: Trial) => MetricTrack,
  step: number,
  own: number,
): readonly number[] {
  const { trial: numbers, state } = view.columns;
  const values: number[] = [];
  for (const row of view.rows) {
    const number = numbers[row]!;
    if (state[row] !== COMPLETE || number === own) continue;
    const other = view.trial(number);
    const value = other && trackOf(other).newestBy(step);
    if (value !== undefined) values.push(value);
  }
  return values;
}

/** Between the two nearest ranks, counted from the best; where one of them is not finite, the better of the two. */
function atPercentile(values: readonly number[], percentile: number, metric: Metric): number {
  const sorted = [...values].sort((a, b) => compareValues(a, b, metric.direction));
  const place = (percentile / 100) * (sorted.length - 1);
  const better = sorted[Math.floor(place)]!;
  const worse = sorted[Math.ceil(place)]!;
  if (!Number.isFinite(better) || !Number.isFinite(worse)) return better;
  return better + (worse - better) * (place - Math.floor(place));
}
