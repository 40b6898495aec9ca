import { OptionReader } from "../../component/option-reader.ts";
import { compareValues } from "../../objective/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { judgesAt } from "../judges-at.ts";
import { MetricTrack } from "../metric-track.ts";
import { Recent } from "../recent.ts";
import type { ReportDecision, Scheduler } from "../scheduler.ts";
import { CompleteTracks } from "./complete-tracks.ts";
import type { RankedValues } from "./ranked-values.ts";

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
  return percentileRule("median", 50, options, metrics);
}

/** The same with another share of the complete trials than the better half, three quarters unless told. */
export function createPercentile(options: Readonly<Record<string, JsonValue>>, metrics: readonly Metric[]): Scheduler {
  return percentileRule("percentile", 75, options, metrics);
}

function percentileRule(
  name: string,
  usual: number,
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
): Scheduler {
  const reader = new OptionReader(`scheduler ${name}`, options);
  const read: MedianOptions = {
    warmup: reader.number("warmup", { default: 0, low: 0, high: LARGEST }),
    startup: reader.integer("startup", { default: 5, low: 1, high: LARGEST }),
    interval: reader.number("interval", { default: 1, low: Number.MIN_VALUE, high: LARGEST }),
    percentile: reader.number("percentile", { default: usual, low: 0, high: 100 }),
  };
  reader.done();
  const [metric] = metrics;
  if (metric === undefined)
    return {
      name,
      onReport: () => ({ action: "continue" }),
      next: () => ({ action: "start-new", until: null }),
    };
  const own = new Recent<MetricTrack>();
  const seen: Seen = { complete: new CompleteTracks(metric, (trial) => own.drop(trial)), own };
  return {
    name,
    onReport: (view, trial, report) => decide(read, metric, seen, view, trial, report),
    next: () => ({ action: "start-new", until: null }),
  };
}

/** What was read of trials before; everything in it follows from them. */
interface Seen {
  readonly complete: CompleteTracks;
  /** Running trials, read as far as they had reported when they were last judged. */
  readonly own: Recent<MetricTrack>;
}

function decide(
  options: MedianOptions,
  metric: Metric,
  seen: Seen,
  view: HistoryView,
  trial: Trial,
  report: Report,
): ReportDecision {
  if (report.values[metric.name] === undefined || !judgesAt(trial, report, options.warmup, options.interval))
    return { action: "continue" };
  const others = seen.complete.valuesAt(view, report.step, trial.number);
  if (others.length < options.startup) return { action: "continue" };
  const bar = atPercentile(others, options.percentile);
  const own = trackOf(seen.own, metric, trial).bestBy(report.seq);
  if (compareValues(own, bar, metric.direction) <= 0) return { action: "continue" };
  const word = options.percentile === 50 ? "the median" : `percentile ${options.percentile}`;
  return {
    action: "stop",
    reason: `best ${metric.name} ${own} up to step ${report.step}, worse than ${word} (${bar}) of ${others.length} complete trials at that step`,
  };
}

/** Of a trial that reports on, only what is new is read. */
function trackOf(tracks: Recent<MetricTrack>, metric: Metric, trial: Trial): MetricTrack {
  let track = tracks.get(trial.number);
  if (track === undefined || !track.follow(trial.reports)) {
    track = new MetricTrack(trial.reports, metric);
    tracks.keep(trial.number, track);
  }
  return track;
}

/** Between the two nearest ranks, counted from the best; where one of them is not finite, the better of the two. */
function atPercentile(values: RankedValues, percentile: number): number {
  const place = (percentile / 100) * (values.length - 1);
  const better = values.at(Math.floor(place));
  const worse = values.at(Math.ceil(place));
  if (!Number.isFinite(better) || !Number.isFinite(worse)) return better;
  return better + (worse - better) * (place - Math.floor(place));
}
