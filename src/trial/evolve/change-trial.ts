import type { AttemptEnd } from "../event.ts";
import type { Owner } from "../owner.ts";
import type { DecisionRecord, Outcome, TrialDecision, TrialState, Values } from "../trial.ts";
import { endedAttempt } from "./ended-attempt.ts";
import { payAttempt } from "./pay-attempt.ts";
import { budgetPlaceOf, type StudyTables } from "./study-tables.ts";
import {
  currentAttempt,
  isFinished,
  isInvalid,
  type SegmentRecord,
  type TrialRecord,
  withOne,
} from "./trial-record.ts";

const NO_TRIALS: readonly number[] = [];

/** Adds (+1) or takes away (-1) what the trial weighs on the budget. */
export function countInBudget(tables: StudyTables, record: TrialRecord, sign: 1 | -1): void {
  if (ranElsewhere(record) || isInvalid(record) || wasReplaced(record)) return;
  tables.budgeted[budgetPlaceOf(record.state)] += sign;
}

/** Another trial took its place, and counts instead. */
function wasReplaced(record: TrialRecord): boolean {
  return record.successor !== null && isFinished(record);
}

/** True for a trial that was imported with what became of it elsewhere; one that was imported waiting runs here. */
function ranElsewhere({ origin, startedRevision, proposedRevision }: TrialRecord): boolean {
  return origin === "imported" && startedRevision !== null && startedRevision <= proposedRevision;
}

/** Files a new trial, in the state it has. */
export function addTrial(tables: StudyTables, record: TrialRecord): void {
  tables.trials.add(record);
  if (!isFinished(record)) tables.unfinished.add(record.number);
  enterState(tables, record);
  dropStale(tables);
}

/** Takes an open trial back into the tables that are made of the trials, all but the budget. */
export function reopen(tables: StudyTables, number: number): void {
  const record = tables.trials.change(number);
  if (record === undefined) return;
  tables.unfinished.add(number);
  queue(tables, record);
  const attempt = currentAttempt(record);
  if (attempt !== null) bindToken(tables, attempt.owner, number, attempt.startedAt);
  dropStale(tables);
}

/** Moves a trial to another state in all tables. */
export function changeState(tables: StudyTables, record: TrialRecord, state: TrialState): void {
  leaveState(tables, record);
  record.state = state;
  if (isFinished(record)) tables.unfinished.delete(record.number);
  enterState(tables, record);
  dropStale(tables);
}

function leaveState(tables: StudyTables, record: TrialRecord): void {
  countInBudget(tables, record, -1);
  tables.running.delete(record.number);
  tables.paused.delete(record.number);
}

function enterState(tables: StudyTables, record: TrialRecord): void {
  countInBudget(tables, record, 1);
  queue(tables, record);
}

function queue(tables: StudyTables, record: TrialRecord): void {
  if (record.state === "running") tables.running.add(record.number);
  if (record.state === "paused") tables.paused.add(record.number);
  if (record.state === "waiting") tables.waiting.push(record.number);
}

/** Keeps the smallest of the queue a trial that can be claimed. */
export function dropStale(tables: StudyTables): void {
  for (let first = tables.waiting.peek(); first !== undefined; first = tables.waiting.peek()) {
    const record = tables.trials.get(first)!;
    if (record.state === "waiting" && !isInvalid(record)) return;
    tables.waiting.pop();
  }
}

/** Notes that a token holds a trial (or, with null, the reservation). */
export function bindToken(tables: StudyTables, owner: Owner, trial: number | null, at: number): void {
  const before = tables.holdings.get(owner.token);
  const held = before?.trials ?? NO_TRIALS;
  const trials = trial === null ? held : held.length === 0 ? [trial] : [...held, trial];
  tables.holdings.set(owner.token, {
    owner,
    since: at,
    trials,
    reservation: trial === null || (before?.reservation ?? false),
  });
}

/** Takes a trial (or, with null, the reservation) from its token. */
export function unbindToken(tables: StudyTables, token: string, trial: number | null): void {
  const before = tables.holdings.get(token);
  if (before === undefined) return;
  const isLast = before.trials.length === 1 && before.trials[0] === trial;
  const others = (): readonly number[] => before.trials.filter((held) => held !== trial);
  const trials = trial === null ? before.trials : isLast ? NO_TRIALS : others();
  const reservation = trial === null ? false : before.reservation;
  if (trials.length === 0 && !reservation) tables.holdings.delete(token);
  else tables.holdings.set(token, { ...before, trials, reservation });
}

/** The reservation is over, however it ended. */
export function clearReservation(tables: StudyTables): void {
  if (tables.reservation === null) return;
  unbindToken(tables, tables.reservation.proposer.token, null);
  tables.reservation = null;
}

/** Ends the attempt under way, if there is one. */
export function endAttempt(tables: StudyTables, record: TrialRecord, end: AttemptEnd, at: number): void {
  const segment: SegmentRecord | undefined = record.segments.at(-1);
  const attempt = segment?.attempts.at(-1);
  record.outcome = end.outcome;
  record.message = end.message;
  if (segment === undefined || attempt === undefined || attempt.endedAt !== null) return;
  const steps = payAttempt(tables, record, end);
  segment.attempts[segment.attempts.length - 1] = endedAttempt(attempt, end, at, steps);
  unbindToken(tables, attempt.owner.token, record.number);
}

/**
 * Writes the History row of a segment's end, or of a rung that was passed; it takes in the first `reports` of the trial's reports. `given`
 * is the fidelity that it was run with, whatever its reports count, or null.
 */
export function endSegment(
  record: TrialRecord,
  revision: number,
  outcome: Outcome,
  values: Values,
  { reports = record.reports.length, given = null }: { readonly reports?: number; readonly given?: number | null } = {},
): void {
  const told = reports > (record.ends.at(-1)?.reports ?? 0);
  const { state } = record;
  const ranTo = !told && (state === "paused" || state === "complete") ? record.segments.at(-1)?.until : null;
  record.ends = withOne(record.ends, {
    segment: Math.max(0, record.segments.length - 1),
    revision,
    state,
    outcome,
    step: given ?? ranTo ?? record.reports.at(reports - 1)?.step ?? null,
    values,
    reports,
  });
}

/** What the trial told since its last row, up to its first `reports` reports: of each metric the newest value. */
export function valuesSinceEnd(record: TrialRecord, reports: number = record.reports.length): Values {
  const values: Record<string, Values[string]> = {};
  for (let seq = record.ends.at(-1)?.reports ?? 0; seq < reports; seq++)
    Object.assign(values, record.reports.values(seq));
  return values;
}

/** Notes what a scheduler decided about the trial, where it did. */
export function noteDecision(
  record: TrialRecord,
  revision: number,
  action: TrialDecision["action"],
  decision: DecisionRecord | undefined,
): void {
  if (decision !== undefined) record.decisions = [...(record.decisions ?? []), { ...decision, action, revision }];
}
