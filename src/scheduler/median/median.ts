import { OptionReader } from "../../component/option-reader.ts";
import { compareValues } from "../../objective/index.ts";
import type { FidelityParameter } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { BestSoFar } from "../reports/best-so-far.ts";
import { Followers } from "../reports/followers.ts";
import { judgesAt } from "../reports/judges-at.ts";
import { readSmooth, smoothedName } from "../reports/smooth.ts";
import type { ReportDecision, Scheduler, SchedulerStudy } from "../scheduler.ts";
import { CompleteTracks } from "./complete-tracks.ts";
import { FrontTracks } from "./front-tracks.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;

interface MedianOptions {
  readonly warmup: number;
  readonly startup: number;
  readonly interval: number;
  readonly percentile: number;
  readonly smooth: number;
}

/**
 * The median stopping rule: a trial stops when its best value up to a step is worse than the median of what complete trials had at that
 * step. Rule: Golovin et al., "Google Vizier", KDD 2017, section 3.2.1, with best values instead of running averages. By several objectives, or
 * with limits, it stops when more than half of the complete trials were on a better front at that step.
 */
export function createMedian(
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
  _fidelity: FidelityParameter | null = null,
  study: SchedulerStudy | null = null,
): Scheduler {
  return percentileRule("median", 50, options, metrics, study);
}

/** The same with another share of the complete trials than the better half, three quarters unless told. */
export function createPercentile(
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
  _fidelity: FidelityParameter | null = null,
  study: SchedulerStudy | null = null,
): Scheduler {
  return percentileRule("percentile", 75, options, metrics, study);
}

function percentileRule(
  name: string,
  usual: number,
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
  study: SchedulerStudy | null,
): Scheduler {
  const reader = new OptionReader(`scheduler ${name}`, options);
  const read: MedianOptions = {
    warmup: reader.number("warmup", { default: 0, low: 0, high: LARGEST }),
    startup: reader.integer("startup", { default: 5, low: 1, high: LARGEST }),
    interval: reader.number("interval", { default: 1, low: Number.MIN_VALUE, high: LARGEST }),
    percentile: reader.number("percentile", { default: usual, low: 0, high: 100 }),
    smooth: readSmooth(reader),
  };
  reader.done();
  const [metric] = metrics;
  if (metric === undefined)
    return {
      name,
      onReport: () => ({ action: "continue" }),
      next: () => ({ action: "start-new", until: null }),
    };
  const { percentile, smooth } = read;
  const { limits = [], grows = [] } = study ?? {};
  if (metrics.length > 1 || limits.length > 0) {
    const tracks = new FrontTracks(metrics, limits, grows, smooth);
    return {
      name,
      onReport: (view, trial, report) => decideByFront(read, tracks, view, trial, report),
      next: () => ({ action: "start-new", until: null }),
    };
  }
  const seen: Seen = {
    complete: new CompleteTracks(metric, percentile / 100, smooth),
    own: new Followers(() => new BestSoFar(metric, { smooth })),
  };
  return {
    name,
    onReport: (view, trial, report) => decide(read, metric, seen, view, trial, report),
    next: () => ({ action: "start-new", until: null }),
  };
}

/** One that no other beats in everything is never stopped: nothing is on a better front. */
function decideByFront(
  options: MedianOptions,
  tracks: FrontTracks,
  view: HistoryView,
  trial: Trial,
  { seq, step }: Report,
): ReportDecision {
  const before = seq === 0 ? null : (view.reports(trial.number)?.step(seq - 1) ?? null);
  if (!judgesAt(step, before, options.warmup, options.interval)) return { action: "continue" };
  const place = tracks.placeOf(view, trial, seq + 1, step);
  if (place === null || place.of < options.startup || place.better <= (options.percentile / 100) * place.of)
    return { action: "continue" };
  const told = place.told.map(([metric, value]) => `${smoothedName(metric, options.smooth)} ${value}`).join(" and ");
  const reason = `at step ${step}: ${told}, where ${place.better} of ${place.of} complete trials were on a better front`;
  return { action: "stop", reason };
}

/** What was read of trials before; everything in it follows from them. */
interface Seen {
  readonly complete: CompleteTracks;
  readonly own: Followers<BestSoFar>;
}

function decide(
  options: MedianOptions,
  metric: Metric,
  { complete, own: followers }: Seen,
  view: HistoryView,
  { number }: Trial,
  { seq, step, values }: Report,
): ReportDecision {
  if (values[metric.name] === undefined) return { action: "continue" };
  const own = followers.of(view, number, seq + 1);
  if (!judgesAt(step, own.values.came.before, options.warmup, options.interval)) return { action: "continue" };
  const bar = complete.barAt(view, step, number);
  if (bar.of < options.startup) return { action: "continue" };
  const place = own.upTo(own.values.placeOf(step));
  const best = place < 0 ? Number.NaN : own.at(place);
  if (compareValues(best, bar.value, metric.direction) <= 0) return { action: "continue" };
  const word = options.percentile === 50 ? "the median" : `percentile ${options.percentile}`;
  const what = smoothedName(metric.name, options.smooth);
  return {
    action: "stop",
    reason: `at step ${step}: best ${what} ${best}, where ${word} of ${bar.of} complete trials was ${bar.value}`,
  };
}
