import type { Params } from "../../space/json.ts";
import type { EncodedNumber } from "../encoded-number.ts";
import type { ReportList } from "../table/report-list.ts";
import type {
  Attempt,
  Branch,
  Definition,
  Outcome,
  Report,
  RevisionInterval,
  SuggestionRecord,
  Trial,
  TrialDecision,
  TrialOrigin,
  TrialState,
  Values,
} from "../trial.ts";
import { type Members, seenMembers } from "./growing-members.ts";
import type { TrialPast } from "./trial-past.ts";

/** A segment's end, or a rung that was passed within it: one row of the History. */
export interface SegmentEnd {
  readonly segment: number;
  readonly revision: number;
  readonly state: TrialState;
  readonly outcome: Outcome;
  /** Step of the last report that it takes in, else the one it was run up to, or null. */
  readonly step: EncodedNumber | null;
  readonly values: Values;
  /** How many of the trial's reports it and the ends before take in. */
  readonly reports: number;
}

export interface SegmentRecord {
  readonly until: number | null;
  readonly attempts: Attempt[];
}

/** The projection's own form of a trial: changed in place by `evolve`, shown to others by {@link toTrial}. */
export interface TrialRecord {
  readonly number: number;
  /** Certain once the trial has ended. */
  configuration: number;
  readonly replicate: Trial["replicate"];
  /** Grows with each definition. */
  params: Params;
  readonly offered: Params | null;
  /** Only ever appended to: see {@link withOne}. */
  definitions: DefinitionRecord[];
  readonly spaceVersion: number;
  /** Version of the space in force when it was started last; null before. */
  ranUnder: number | null;
  readonly origin: TrialOrigin;
  readonly branch: Branch | null;
  /** Null while nobody took its place. */
  successor: number | null;
  readonly suggestion: SuggestionRecord | null;
  state: TrialState;
  outcome: Outcome | null;
  message: string | null;
  values: Values;
  segments: SegmentRecord[];
  reports: ReportList;
  ends: SegmentEnd[];
  /** How many reports there were when the newest attempt began. */
  begun: number;
  /** Step that the newest checkpoint came to; null where there is none, or it is not known. */
  reached: number | null;
  /** Null while there is none. */
  decisions: readonly TrialDecision[] | null;
  losses: number;
  readonly proposedRevision: number;
  startedRevision: number | null;
  finishedRevision: number | null;
  readonly proposedAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  invalid: RevisionInterval[];
  attributes: Members<string>;
  systemAttributes: Members<string>;
  /** Null while the record tells of all that the trial was. */
  past: TrialPast | null;
  /** The record as last shown; null after a change. */
  shown: Trial | null;
}

/** What most trials have none of, or have one of: a list for all, which nobody may add to. */
export const NOTHING: never[] = [];
Object.freeze(NOTHING);

/** The list with another item; the same one where it has some. A list that is pushed to when it is empty has room for seventeen. */
export function withOne<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

/** A definition with the revision at which the log got it. */
export interface DefinitionRecord extends Definition {
  readonly revision: number;
}

/** Definitions without their revisions. */
export function shownDefinitions(definitions: readonly DefinitionRecord[]): readonly Definition[] {
  return definitions.map(({ name, domain, value, given }) => ({
    name,
    domain,
    value,
    ...(given !== undefined && { given }),
  }));
}

/** True where `rareOf` has something to say. */
function isRare(record: TrialRecord): boolean {
  const { offered, definitions, decisions, branch, successor } = record;
  return offered !== null || definitions.length > 0 || decisions !== null || branch !== null || successor !== null;
}

/** What most trials have nothing of. */
function rareOf(record: TrialRecord): Pick<Trial, "offered" | "definitions" | "decisions" | "branch" | "successor"> {
  const { decisions, branch, successor } = record;
  return {
    ...askedOf(record),
    ...(decisions !== null && { decisions }),
    ...(branch !== null && { branch }),
    ...(successor !== null && { successor }),
  };
}

function askedOf({ offered, definitions }: TrialRecord): Pick<Trial, "offered" | "definitions"> {
  return {
    ...(offered !== null && { offered }),
    ...(definitions.length > 0 && { definitions: shownDefinitions(definitions) }),
  };
}

/** The parameters as others may keep them. */
export function paramsOf({ params, definitions }: TrialRecord): Params {
  return definitions.length === 0 ? params : seenMembers(params);
}

/** The parameters as the log had them at that revision. */
export function paramsAt(record: TrialRecord, revision: number): Params {
  const later = record.definitions.filter((definition) => definition.revision > revision);
  if (later.length === 0) return paramsOf(record);
  const names = new Set(later.map(({ name }) => name));
  return Object.fromEntries(Object.entries(record.params).filter(([name]) => !names.has(name)));
}

/** The configuration as the log had it at that end: it is certain from the trial's own end on. */
export function configurationAt(record: TrialRecord, end: SegmentEnd): number {
  return end.revision === record.finishedRevision ? record.configuration : record.number;
}

/** True while the newest invalidation lasts. */
export function isInvalid(record: TrialRecord): boolean {
  const last = record.invalid.at(-1);
  return last !== undefined && last.to === null;
}

/** True when the trial was marked invalid at that revision. */
export function wasInvalid(record: TrialRecord, revision: number): boolean {
  return record.invalid.some((mark) => mark.from <= revision && (mark.to === null || mark.to > revision));
}

/** The attempt under way, or null. */
export function currentAttempt(record: TrialRecord): Attempt | null {
  const last = record.segments.at(-1)?.attempts.at(-1);
  return last !== undefined && last.endedAt === null ? last : null;
}

/** The attempt whose program is kept in memory until the trial is run on, or null. */
export function frozenAttempt({ state, segments }: Pick<TrialRecord, "state" | "segments">): Attempt | null {
  const last = state === "paused" ? segments.at(-1)?.attempts.at(-1) : undefined;
  return last?.frozen?.givenUp === null ? last : null;
}

export function isFinished(record: Pick<TrialRecord, "state">): boolean {
  return record.state === "complete" || record.state === "pruned" || record.state === "failed";
}

/** A copy nobody changes any more; the same object until the trial changes. */
export function toTrial(record: TrialRecord): Trial {
  if (record.shown !== null) return record.shown;
  // Most who look at a trial do not look at these, and there may be very many.
  let made: readonly Report[] | null = null;
  const { reports } = record;
  const count = reports.length;
  // Field by field: spreading the rest costs several times as much, and a study may have very many trials.
  const trial: Trial = {
    number: record.number,
    configuration: record.configuration,
    replicate: record.replicate,
    params: paramsOf(record),
    spaceVersion: record.spaceVersion,
    origin: record.origin,
    suggestion: record.suggestion,
    state: record.state,
    outcome: record.outcome,
    message: record.message,
    values: record.values,
    losses: record.losses,
    proposedRevision: record.proposedRevision,
    startedRevision: record.startedRevision,
    finishedRevision: record.finishedRevision,
    proposedAt: record.proposedAt,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    attributes: seenMembers(record.attributes),
    systemAttributes: seenMembers(record.systemAttributes),
    segments: record.segments.map((segment, index) => ({
      index,
      until: segment.until,
      attempts: segment.attempts.slice(),
    })),
    get reports() {
      made ??= reports.first(count);
      return made;
    },
    invalid: record.invalid.slice(),
  };
  // Not spread: that would make the reports.
  const shown = isRare(record) ? Object.assign(trial, rareOf(record)) : trial;
  // An ended one is looked at seldom, and would hold on to all its reports as objects.
  if (!isFinished(record)) record.shown = shown;
  return shown;
}
