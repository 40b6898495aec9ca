import { OptionReader } from "../../component/option-reader.ts";
import type { JsonValue } from "../../space/json.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { Recent } from "../recent.ts";
import type { ReportDecision, Scheduler } from "../scheduler.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;

interface PatientOptions {
  readonly patience: number;
  readonly delta: number;
  readonly warmup: number;
}

/** What a trial came to with the reports up to `seq`, that one left out. */
interface Course {
  readonly seq: number;
  readonly best: number;
  /** Step of the best value. */
  readonly bestAt: number;
  /** Reports with a value since then. */
  readonly since: number;
}

const BEGUN: Course = { seq: 0, best: Number.NaN, bestAt: Number.NaN, since: 0 };

/**
 * Early stopping by a trial's own course: it stops when `patience` reports in a row brought nothing better, by more than `delta`, than its best
 * before (Prechelt, "Early Stopping - But When?", 1998, criterion UP with the strips counted in reports).
 */
export function createPatient(options: Readonly<Record<string, JsonValue>>, metrics: readonly Metric[]): Scheduler {
  const reader = new OptionReader("scheduler patient", options);
  const read: PatientOptions = {
    patience: reader.integer("patience", { default: 10, low: 1, high: LARGEST }),
    delta: reader.number("delta", { default: 0, low: 0, high: Number.MAX_VALUE }),
    warmup: reader.number("warmup", { default: 0, low: 0, high: LARGEST }),
  };
  reader.done();
  const [metric] = metrics;
  const known = new Recent<Course>();
  return {
    name: "patient",
    onReport: (_view, trial, report) =>
      metric === undefined ? { action: "continue" } : decide(read, metric, known, trial, report),
    next: () => ({ action: "start-new", until: null }),
  };
}

function decide(
  options: PatientOptions,
  metric: Metric,
  known: Recent<Course>,
  trial: Trial,
  report: Report,
): ReportDecision {
  const course = courseBy(known, trial, report, metric, options.delta);
  if (report.values[metric.name] === undefined || course.since < options.patience || report.step < options.warmup)
    return { action: "continue" };
  const best = Number.isNaN(course.best)
    ? "no value at all"
    : `nothing better than ${course.best} of step ${course.bestAt}`;
  return {
    action: "stop",
    reason: `${metric.name} came to ${best} in ${course.since} reports, up to step ${report.step}`,
  };
}

/** With the report itself; each report is looked at once while a trial is asked about in its order. */
function courseBy(known: Recent<Course>, trial: Trial, report: Report, metric: Metric, delta: number): Course {
  const kept = known.get(trial.number);
  let course = kept !== undefined && kept.seq <= report.seq + 1 ? kept : BEGUN;
  while (course.seq <= report.seq) course = extended(course, trial.reports[course.seq]!, metric, delta);
  known.keep(trial.number, course);
  return course;
}

function extended(course: Course, { step, values }: Report, { name, direction }: Metric, delta: number): Course {
  const seq = course.seq + 1;
  const encoded = values[name];
  if (encoded === undefined) return { ...course, seq };
  const value = decodeNumber(encoded);
  const gain = direction === "minimize" ? course.best - value : value - course.best;
  const better = !Number.isNaN(value) && (Number.isNaN(course.best) || gain > delta);
  return better ? { seq, best: value, bestAt: step, since: 0 } : { ...course, seq, since: course.since + 1 };
}
