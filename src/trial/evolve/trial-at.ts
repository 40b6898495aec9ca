import type { Attempt, Definition, RevisionInterval, Segment, Trial } from "../trial.ts";
import { openAttempt } from "./open-attempt.ts";
import { type AttributeChange, type Turn, turnsOf } from "./trial-past.ts";
import { paramsAt, type TrialRecord, toTrial } from "./trial-record.ts";

/** The trial as the log told it at `revision`; undefined where it was not there yet. */
export function trialAt(record: TrialRecord, revision: number): Trial | undefined {
  if (record.proposedRevision > revision) return undefined;
  if (changedAt(record) <= revision) return toTrial(record);
  const turn = turnsOf(record).findLast((one) => one.revision <= revision)!;
  const { definitions: asked = [], decisions: decided = [], offered, segments } = toTrial(record);
  const decisions = decided.filter((one) => one.revision <= revision);
  const definitions = asked.slice(0, countUpTo(record.definitions, revision));
  // Most who look at a trial do not look at these, and there may be very many.
  let made: Trial["reports"] | null = null;
  const trial: Trial = {
    number: record.number,
    configuration: turn.configuration,
    replicate: record.replicate,
    params: paramsAt(record, revision),
    spaceVersion: record.spaceVersion,
    origin: record.origin,
    suggestion: record.suggestion,
    state: turn.state,
    outcome: turn.outcome,
    message: turn.message,
    values: turn.values,
    segments: segmentsAt(segments, turn, revision),
    get reports() {
      made ??= record.reports.first(record.reports.lengthAt(revision));
      return made;
    },
    losses: turn.losses,
    proposedRevision: record.proposedRevision,
    proposedAt: record.proposedAt,
    ...startAt(record, turn),
    ...endAt(record, revision),
    invalid: invalidAt(record.invalid, revision),
    attributes: attributesAt(record.attributes, record, false, revision),
    systemAttributes: attributesAt(record.systemAttributes, record, true, revision),
  };
  return Object.assign(trial, {
    ...(offered !== undefined && { offered }),
    ...(record.branch !== null && { branch: record.branch }),
    ...(record.successor !== null && (record.finishedRevision ?? 0) <= revision && { successor: record.successor }),
    ...(definitions.length > 0 && { definitions: definitions satisfies readonly Definition[] }),
    ...(decisions.length > 0 && { decisions }),
  });
}

/** Revision of the newest change of the trial. */
export function changedAt(record: TrialRecord): number {
  const { proposedRevision, startedRevision, finishedRevision, definitions, invalid, past, decisions } = record;
  const mark = invalid.at(-1);
  return Math.max(
    record.state === "paused" ? changedWhilePaused(record) : 0,
    proposedRevision,
    startedRevision ?? 0,
    finishedRevision ?? 0,
    past?.turns.at(-1)?.revision ?? 0,
    past?.attributes.at(-1)?.revision ?? 0,
    record.reports.length === 0 ? 0 : record.reports.revision(record.reports.length - 1),
    definitions.at(-1)?.revision ?? 0,
    decisions?.at(-1)?.revision ?? 0,
    mark?.to ?? mark?.from ?? 0,
  );
}

/** Revision at which something that its attempts left was last given up, 0 for never. */
function changedWhilePaused({ segments }: TrialRecord): number {
  const dropped = segments.flatMap(({ attempts }) => attempts.map((one) => one.dropped ?? 0));
  return Math.max(segments.at(-1)?.attempts.at(-1)?.frozen?.givenUp ?? 0, ...dropped);
}

function countUpTo(list: readonly { readonly revision: number }[], revision: number): number {
  return list.findLastIndex((one) => one.revision <= revision) + 1;
}

function startAt({ startedRevision, startedAt }: TrialRecord, { revision, startedAt: elsewhere }: Turn) {
  const begun = startedRevision !== null && startedRevision <= revision;
  return begun ? { startedRevision, startedAt } : { startedRevision: null, startedAt: elsewhere ?? null };
}

function endAt({ finishedRevision, finishedAt }: TrialRecord, revision: number) {
  const ended = finishedRevision !== null && finishedRevision <= revision;
  return ended ? { finishedRevision, finishedAt } : { finishedRevision: null, finishedAt: null };
}

function segmentsAt(segments: readonly Segment[], turn: Turn, revision: number): readonly Segment[] {
  const { attempts: begun, state } = turn;
  const shown: Segment[] = [];
  let left = begun;
  for (const { index, until, attempts } of segments) {
    if (left <= 0) break;
    const kept = attempts.slice(0, left).map((attempt) => keptAt(attempt, revision));
    left -= kept.length;
    const last = left === 0 && state === "running" ? kept.pop() : undefined;
    const attemptsThen = last === undefined ? kept : [...kept, openAttempt(last.index, last.owner, last.startedAt)];
    shown.push({ index, until, attempts: attemptsThen });
  }
  return shown;
}

/** A program that was given up later was still in memory, and a checkpoint on the disk. */
function keptAt(attempt: Attempt, revision: number): Attempt {
  if ((attempt.frozen?.givenUp ?? 0) > revision) return { ...attempt, frozen: { givenUp: null } };
  if ((attempt.dropped ?? 0) <= revision) return attempt;
  const { dropped: _later, ...then } = attempt;
  return then;
}

function invalidAt(invalid: readonly RevisionInterval[], revision: number): readonly RevisionInterval[] {
  return invalid
    .filter(({ from }) => from <= revision)
    .map(({ from, to }) => ({ from, to: to !== null && to > revision ? null : to }));
}

function attributesAt(
  now: Readonly<Record<string, string>>,
  { past }: TrialRecord,
  system: boolean,
  revision: number,
): Readonly<Record<string, string>> {
  const later = (past?.attributes ?? []).filter((change) => change.system === system && change.revision > revision);
  if (later.length === 0) return now;
  // The oldest of the later changes of a key tells what it was.
  const before = new Map(later.toReversed().map(({ key, before: text }: AttributeChange) => [key, text]));
  const kept = Object.entries(now).filter(([key]) => !before.has(key));
  const restored = [...before].filter((one): one is [string, string] => one[1] !== null);
  return Object.fromEntries([...kept, ...restored]);
}
