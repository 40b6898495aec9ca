import type { Params } from "../space/json.ts";
import type { StudyEvent } from "../trial/event.ts";
import type { HistoryView } from "../trial/history-view.ts";
import type { DecisionRecord, Trial, Values } from "../trial/trial.ts";
import type { Scheduler } from "./scheduler.ts";

/** An event that carried a scheduler's decision out. */
export type DecidedEvent = Extract<StudyEvent, { readonly type: "started" | "passed" | "paused" | "finished" }> & {
  readonly decision: DecisionRecord;
};

/** What was decided of a trial, in the form that a log and a scheduler asked again can be compared by. */
export interface TakenDecision {
  readonly action: string;
  readonly trial: number;
  readonly reason: string;
  /** Step to run up to, null for none. */
  readonly until: number | null;
  /** Of a trial that was begun with the checkpoint of another, or by a schedule. */
  readonly branch?: {
    readonly of: { readonly trial: number; readonly segment: number } | null;
    readonly params: Params;
  };
}

/** True for an event that says what was decided. */
export function isDecided(event: StudyEvent): event is DecidedEvent {
  return "decision" in event && event.decision !== undefined;
}

/** What the event says that was decided; `record` is the trial's, as it was made. */
export function decisionOf(event: DecidedEvent, record: Trial | undefined): TakenDecision {
  const { trial, decision } = event;
  const { reason } = decision;
  if (event.type === "started" && event.segment === 0 && record?.origin === "scheduler") {
    const { params, branch } = record;
    const of = branch === undefined ? null : { trial: branch.of, segment: branch.segment };
    return { action: "branch", trial, reason, until: event.until, branch: { of, params } };
  }
  if (event.type === "started")
    return { action: event.segment === 0 ? "start-new" : "resume", trial, reason, until: event.until };
  const action = { passed: "pass", paused: "pause", finished: "stop" } as const;
  return { action: action[event.type], trial, reason, until: null };
}

/** What a scheduler decides in the place of the event, from the view that its decision was made from. */
export function decideAgain(scheduler: Scheduler, view: HistoryView, event: DecidedEvent): TakenDecision {
  const { trial, decision } = event;
  if (event.type === "started") {
    const first = scheduler.next(view);
    const isFirst = first.action === "resume" ? first.trial === trial : event.segment === 0;
    const next = (isFirst ? null : scheduler.last?.(view)) ?? first;
    if (next.action === "branch") {
      const { of, params, reason, until } = next;
      return { action: "branch", trial, reason, until, branch: { of, params } };
    }
    const until = next.action === "wait" ? null : next.until;
    // A new trial gets the next number, whichever that is by then.
    const chosen = next.action === "resume" ? next.trial : trial;
    return { action: next.action, trial: chosen, until, reason: next.action === "resume" ? next.reason : "" };
  }
  const record = view.trial(trial);
  const report = decision.report === undefined ? undefined : view.reports(trial)?.at(decision.report);
  const made =
    record === undefined
      ? null
      : report !== undefined
        ? scheduler.onReport(view, record, report)
        : scheduler.onEnd?.(view, endedWith(record, event.type === "paused" ? event.values : undefined));
  return { action: made?.action ?? "none", trial, until: null, reason: made && "reason" in made ? made.reason : "" };
}

/** A trial as `onEnd` sees it: with the values that its program ended with. */
export function endedWith(trial: Trial, values: Values | undefined): Trial {
  return values === undefined ? trial : { ...trial, values };
}
