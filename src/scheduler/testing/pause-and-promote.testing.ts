import { compareValues } from "../../objective/index.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { SchedulerEntry } from "../registry.ts";
import type { NextDecision, ReportDecision } from "../scheduler.ts";

const RUNGS = [1, 3] as const;
const REDUCTION = 3;

interface RungResult {
  readonly trial: number;
  readonly value: number;
}

/** All trials that ever came to the end of a rung, best first. */
function rungResults(view: HistoryView, rung: number, metric: Metric): readonly RungResult[] {
  const { trial, segment, values } = view.columns;
  const results: RungResult[] = [];
  for (const row of view.rows)
    if (segment[row] === rung) results.push({ trial: trial[row]!, value: values[metric.name]![row]! });
  return results.sort((a, b) => compareValues(a.value, b.value, metric.direction) || a.trial - b.trial);
}

function decideReport(
  view: HistoryView,
  metric: Metric,
  rung: number,
  until: number | null,
  step: number,
  value: number,
): ReportDecision {
  if (until === null || step < until) return { action: "continue" };
  const others = rungResults(view, rung, metric);
  const better = others.filter((other) => compareValues(other.value, value, metric.direction) < 0).length;
  if (others.length + 1 >= REDUCTION && better * 2 > others.length)
    return { action: "stop", reason: `${better} of ${others.length} trials were better at step ${step}` };
  return { action: "pause", reason: `end of rung ${rung} at step ${step}` };
}

function decideNext(view: HistoryView, metric: Metric): NextDecision {
  const paused = new Map<number, number>();
  for (const number of view.paused) paused.set(number, view.trial(number)!.segments.length - 1);
  for (let rung = RUNGS.length - 1; rung >= 0; rung--) {
    const results = rungResults(view, rung, metric);
    const top = results.slice(0, Math.floor(results.length / REDUCTION));
    const promoted = top.find(({ trial }) => paused.get(trial) === rung);
    if (promoted === undefined) continue;
    const reason = `among the best ${top.length} of ${results.length} at rung ${rung}`;
    return { action: "resume", trial: promoted.trial, until: RUNGS[rung + 1] ?? null, reason };
  }
  return { action: "start-new", until: RUNGS[0] };
}

/** For tests of segments: a small successive halving that pauses every trial at its rungs and promotes the best third. */
export const PAUSE_AND_PROMOTE: SchedulerEntry = {
  name: "pause-and-promote",
  watches: true,
  promotes: true,
  create: (_options, metrics) => {
    const metric = metrics[0]!;
    return {
      name: "pause-and-promote",
      onReport: (view, trial, report) => {
        const segment = trial.segments.at(-1);
        const value = report.values[metric.name];
        return decideReport(
          view,
          metric,
          segment?.index ?? 0,
          segment?.until ?? null,
          report.step,
          value === undefined ? Number.NaN : decodeNumber(value),
        );
      },
      next: (view) => decideNext(view, metric),
    };
  },
};
