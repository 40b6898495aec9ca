import { turnsOf } from "../evolve/trial-past.ts";
import { type TrialRecord, wasInvalid } from "../evolve/trial-record.ts";
import type { HistoryDelta } from "../history-view.ts";
import type { TrialDelta } from "./lazy-delta.ts";

/** What changed of trials from one revision to another; `trials` in number order, all that events of the span spoke of among them. */
export function deltaOf(trials: Iterable<TrialRecord>, from: number, to: number): TrialDelta {
  const changed: number[] = [];
  const hidden: number[] = [];
  const restored: number[] = [];
  const pending: number[] = [];
  const started: number[] = [];
  const reported: HistoryDelta["reported"][number][] = [];
  for (const record of trials) {
    const { number, proposedRevision } = record;
    if (proposedRevision > to) continue;
    const known = proposedRevision <= from;
    if (known && wasTouched(record, from, to)) changed.push(number);
    const [before, after] = [wasInvalid(record, from), wasInvalid(record, to)];
    if (known && !before && after) hidden.push(number);
    if (known && before && !after) restored.push(number);
    if (isPending(record, to) && !isPending(record, from)) pending.push(number);
    if (attemptsAt(record, to) > attemptsAt(record, from)) started.push(number);
    const [first, next] = [record.reports.lengthAt(from), record.reports.lengthAt(to)];
    if (next > first) reported.push({ trial: number, first, next });
  }
  return { changed, hidden, restored, pending, started, reported };
}

/** True while the trial waits or runs, and is not hidden. */
export function isPending(record: TrialRecord, revision: number): boolean {
  return wasOpen(record, revision) && !wasPaused(record, revision);
}

/** True while the trial is paused, and is not hidden. */
export function isPaused(record: TrialRecord, revision: number): boolean {
  return wasOpen(record, revision) && wasPaused(record, revision);
}

function wasOpen(record: TrialRecord, revision: number): boolean {
  const { proposedRevision, finishedRevision } = record;
  const open = proposedRevision <= revision && (finishedRevision === null || finishedRevision > revision);
  return open && !wasInvalid(record, revision);
}

/** True while the trial is paused, hidden or not. */
export function wasPaused(record: TrialRecord, revision: number): boolean {
  if (!record.ends.some(({ state }) => state === "paused")) return false;
  return turnsOf(record).findLast((turn) => turn.revision <= revision)?.state === "paused";
}

function attemptsAt(record: TrialRecord, revision: number): number {
  return turnsOf(record).findLast((turn) => turn.revision <= revision)?.attempts ?? 0;
}

function wasTouched(record: TrialRecord, from: number, to: number): boolean {
  const { decisions, definitions, invalid, past, reports } = record;
  const inSpan = (revision: number | null): boolean => revision !== null && revision > from && revision <= to;
  return (
    turnsOf(record).some(({ revision }) => inSpan(revision)) ||
    reports.lengthAt(to) > reports.lengthAt(from) ||
    definitions.some(({ revision }) => inSpan(revision)) ||
    (decisions?.some(({ revision }) => inSpan(revision)) ?? false) ||
    invalid.some((mark) => inSpan(mark.from) || inSpan(mark.to)) ||
    inSpan(past?.attributes.findLast(({ revision }) => revision <= to)?.revision ?? null)
  );
}
