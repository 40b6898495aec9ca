import type { LoggedEvent, StudyEvent } from "../event.ts";
import type { Outcome, TrialState, Values } from "../trial.ts";
import type { TrialRecord } from "./trial-record.ts";

/** What a trial was from `revision` on, until its next turn. */
export interface Turn {
  readonly revision: number;
  readonly state: TrialState;
  readonly outcome: Outcome | null;
  readonly message: string | null;
  readonly values: Values;
  readonly losses: number;
  /** Attempts begun so far, over all segments; the last of them is under way while the trial runs. */
  readonly attempts: number;
  readonly configuration: number;
  /** When a trial that waits began elsewhere; left out otherwise. */
  readonly startedAt?: number;
}

/** What an attribute was before `revision`; null where there was none. */
export interface AttributeChange {
  readonly revision: number;
  readonly system: boolean;
  readonly key: string;
  readonly before: string | null;
}

/** What a record does not tell of its past by itself: most trials wait, run once and end, and need nothing here. */
export interface TrialPast {
  /** All its turns, oldest first; none where they follow from the record. */
  readonly turns: readonly Turn[];
  /** Oldest first; only ever appended to. */
  readonly attributes: AttributeChange[];
}

const NO_VALUES: Values = {};
const NO_PAST: TrialPast = { turns: [], attributes: [] };

const TURNING: ReadonlySet<StudyEvent["type"]> = new Set([
  "proposed",
  "imported",
  "started",
  "returned",
  "paused",
  "finished",
]);

/** Every turn of the trial so far, oldest first. */
export function turnsOf(record: TrialRecord): readonly Turn[] {
  return record.past === null || record.past.turns.length === 0 ? plainTurns(record) : record.past.turns;
}

/** Notes the turn that the event was, unless the record tells of it by itself. */
export function followTurns(record: TrialRecord, { revision, event }: LoggedEvent): void {
  if (!TURNING.has(event.type)) return;
  const past = record.past ?? NO_PAST;
  if (past.turns.length === 0 && isPlain(record, revision)) return;
  const now = turnNow(record, revision);
  const before = past.turns.length > 0 ? past.turns : plainTurns(record);
  const turns = [...before.filter((turn) => turn.revision < revision), now];
  record.past = { turns, attributes: record.past?.attributes ?? [] };
}

/** Whether the newest of the plain turns is what the record is at `revision`; nothing is made for it, since most trials have no others. */
function isPlain(record: TrialRecord, revision: number): boolean {
  const { startedRevision, finishedRevision } = record;
  if (finishedRevision !== null) return finishedRevision === revision;
  const hasBegun = startedRevision !== null && startedRevision > record.proposedRevision;
  return (
    revision === (hasBegun ? startedRevision : record.proposedRevision) &&
    record.state === (hasBegun ? "running" : "waiting") &&
    record.outcome === null &&
    record.message === null &&
    record.losses === 0 &&
    record.configuration === record.number &&
    attemptsOf(record) === (hasBegun ? 1 : 0) &&
    (startedRevision !== null || record.startedAt === null) &&
    Object.keys(record.values).length === 0
  );
}

/** Notes what an attribute was before it is set at `revision`. */
export function followAttribute(record: TrialRecord, revision: number, system: boolean, key: string): void {
  const holder = system ? record.systemAttributes : record.attributes;
  const before = Object.hasOwn(holder, key) ? holder[key]! : null;
  record.past ??= { turns: [], attributes: [] };
  record.past.attributes.push({ revision, system, key, before });
}

function turnNow(record: TrialRecord, revision: number): Turn {
  const { state, outcome, message, values, losses, configuration } = record;
  const turn = { revision, state, outcome, message, values, losses, attempts: attemptsOf(record), configuration };
  const elsewhere = record.startedRevision === null ? record.startedAt : null;
  return elsewhere === null ? turn : { ...turn, startedAt: elsewhere };
}

function attemptsOf({ segments }: TrialRecord): number {
  return segments.reduce((sum, { attempts }) => sum + attempts.length, 0);
}

/** Those of a trial that waited, ran once and ended, as far as it came. */
function plainTurns(record: TrialRecord): readonly Turn[] {
  const { number, proposedRevision, startedRevision, finishedRevision } = record;
  const begun = { outcome: null, message: null, values: NO_VALUES, losses: 0, configuration: number };
  const turns: Turn[] = [{ ...begun, revision: proposedRevision, state: "waiting", attempts: 0 }];
  if (startedRevision !== null && startedRevision > proposedRevision)
    turns.push({ ...begun, revision: startedRevision, state: "running", attempts: 1 });
  if (finishedRevision !== null) turns.push(turnNow(record, finishedRevision));
  return turns;
}
