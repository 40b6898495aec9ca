import { OptionReader } from "../../component/option-reader.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { BestSoFar } from "../reports/best-so-far.ts";
import { Followers } from "../reports/followers.ts";
import type { NextDecision, ReportDecision, Scheduler } from "../scheduler.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;
interface PatientOptions {
  readonly patience: number;
  readonly delta: number;
  readonly warmup: number;
}

/**
 * Early stopping by a trial's own course: it stops when `patience` steps in a row brought nothing better, by more than `delta`, than its best
 * before (Prechelt, "Early Stopping - But When?", 1998, criterion UP with the strips counted in steps that tell the metric).
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
  const next = (): NextDecision => ({ action: "start-new", until: null });
  if (metric === undefined) return { name: "patient", onReport: () => ({ action: "continue" }), next };
  const followers = new Followers(() => new BestSoFar(metric, { delta: read.delta }));
  return {
    name: "patient",
    onReport: (view, trial, report) => decide(read, metric.name, followers, view, trial, report),
    next,
  };
}

function decide(
  { patience, warmup }: PatientOptions,
  metric: string,
  followers: Followers<BestSoFar>,
  view: HistoryView,
  { number }: Trial,
  { seq, step, values: told }: Report,
): ReportDecision {
  if (told[metric] === undefined || step < warmup) return { action: "continue" };
  const course = followers.of(view, number, seq + 1);
  const { values } = course;
  const place = values.placeOf(step);
  const best = course.upTo(place);
  const since = place - best;
  if (since < patience) return { action: "continue" };
  const what = best < 0 ? "no value at all" : `nothing better than ${values.value(best)} of step ${values.step(best)}`;
  return { action: "stop", reason: `at step ${step}: ${metric} came to ${what} in ${since} steps` };
}
