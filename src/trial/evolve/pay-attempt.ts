import type { AttemptEnd } from "../event.ts";
import type { Purse } from "../ledger.ts";
import type { Outcome } from "../trial.ts";
import { fullFidelity, stepsOfFullRun } from "./full-fidelity.ts";
import type { StudyTables } from "./study-tables.ts";
import type { TrialRecord } from "./trial-record.ts";

/**
 * Takes what the attempt that ends used up into the ledger, and notes how far its checkpoint came. Answers the steps that it ran, null where nobody
 * can say.
 */
export function payAttempt(tables: StudyTables, record: TrialRecord, end: AttemptEnd): number | null {
  const { ledger } = tables;
  const furthest = comeTo(tables, record, end);
  const began = end.missing === undefined ? startingStep(record) : 0;
  const steps = furthest === null ? null : Math.max(0, furthest - began);
  if (steps !== null) ledger.steps += steps;
  else if (!CUT_SHORT.includes(end.outcome)) ledger.runs += 1;
  ledger.seconds += end.seconds ?? 0;
  ledger.cost += end.cost ?? 0;
  if (end.checkpoint !== null || end.frozen !== undefined) record.reached = furthest ?? record.reached;
  else if (wasWoken(record)) record.reached = null;
  return steps;
}

/** Share of a limit by which sums of fractions may miss it. */
const ROUNDING = 1e-9;

/** An attempt that is to begin: of a trial, or of a new one (null), up to `until`, or to its own end. */
export interface AttemptAhead {
  readonly record: Pick<TrialRecord, "reached" | "state"> | null;
  readonly until: number | null;
}

/**
 * Whether an attempt may begin: `wait` while what runs may leave enough, `done` when nothing will. What runs is reckoned to come to the step it
 * is to run up to, or to a full run. While nobody knows how many steps that is, runs are counted by trials, and of steps one runs alone.
 * `ahead` null: nothing begins yet.
 */
export function affords(
  tables: StudyTables,
  purse: Purse | undefined,
  ahead: AttemptAhead | null,
): "yes" | "wait" | "done" {
  if (purse === undefined) return "yes";
  const { ledger, running } = tables;
  const { seconds = Number.POSITIVE_INFINITY, cost = Number.POSITIVE_INFINITY } = purse;
  const full = stepsOfFullRun(tables);
  const within = ledger.seconds < seconds && ledger.cost < cost;
  if (within && (full === null ? affordsUnknown(tables, purse, ahead) : affordsSteps(tables, purse, full, ahead)))
    return "yes";
  return running.size > 0 ? "wait" : "done";
}

function affordsSteps(tables: StudyTables, purse: Purse, full: number, ahead: AttemptAhead | null): boolean {
  const { steps = Number.POSITIVE_INFINITY, runs = Number.POSITIVE_INFINITY } = purse;
  return leaves(tables, Math.min(steps, runs * full), full, ahead);
}

/** True where the newest attempt went on with the program that the one before kept in memory: it had no checkpoint to go on from. */
function wasWoken({ segments }: TrialRecord): boolean {
  return segments.at(-1)?.attempts.length === 1 && segments.at(-2)?.attempts.at(-1)?.frozen?.givenUp === null;
}

/** Nobody knows how many steps a full run has. */
function affordsUnknown(tables: StudyTables, purse: Purse, ahead: AttemptAhead | null): boolean {
  const { steps = Number.POSITIVE_INFINITY, runs = Number.POSITIVE_INFINITY } = purse;
  const { ledger, budgeted, running } = tables;
  const begun = Math.max(ledger.runs + running.size, budgeted.trialsSpent + budgeted.paused + budgeted.running);
  const begins = ahead?.record?.state === "paused" ? 0 : 1;
  if (ahead === null ? begun >= runs : begun + begins > runs) return false;
  if (steps === Number.POSITIVE_INFINITY || (running.size === 0 && ahead?.until === null)) return ledger.steps < steps;
  return leaves(tables, steps, null, ahead);
}

/** Whether what is spent, what runs and what is to begin stay within the limit; false where something of it runs nobody knows how far. */
function leaves(tables: StudyTables, limit: number, full: number | null, ahead: AttemptAhead | null): boolean {
  const { ledger, running } = tables;
  const spent = ledger.steps + (full === null ? 0 : ledger.runs * full);
  if (spent * (1 + ROUNDING) >= limit) return false;
  const until = ahead === null ? 0 : (ahead.until ?? full ?? Number.POSITIVE_INFINITY);
  let promised = Math.max(0, until - Number(ahead?.record?.reached ?? 0));
  for (const number of ahead === null ? [] : running)
    promised += stepsUnderWay(tables, tables.trials.get(number)!, full);
  return spent + promised <= limit * (1 + ROUNDING);
}

function stepsUnderWay(tables: StudyTables, record: TrialRecord, full: number | null): number {
  const until = record.segments.at(-1)?.until ?? full ?? Number.POSITIVE_INFINITY;
  const reported = fullFidelity(tables) === null ? (furthestStep(record) ?? 0) : 0;
  return Math.max(0, Math.max(until, reported) - startingStep(record));
}

/** Ends that a program did not come to by itself, or without having run. */
const CUT_SHORT: readonly Outcome[] = ["lost", "preempted", "stopped", "not-started"];

/**
 * How far the newest attempt came; null where nobody can say: by its reports, or to the step it was to run up to if it told none and ended
 * by itself. With a declared fidelity: to the one it was given if it ended well, else no further than that.
 */
function comeTo(tables: StudyTables, record: TrialRecord, { outcome }: AttemptEnd): number | null {
  const until = record.segments.at(-1)?.until ?? null;
  const reported = furthestStep(record);
  const given = fullFidelity(tables) === null ? null : until;
  if (given !== null && (outcome === "ok" || outcome === "paused")) return given;
  if (reported !== null) return given === null ? reported : Math.min(given, reported);
  return CUT_SHORT.includes(outcome) ? null : until;
}

/** The largest step that the newest attempt reported, or null. */
function furthestStep({ begun, reports }: TrialRecord): number | null {
  if (reports.length === begun) return null;
  let furthest = reports.step(begun);
  for (let seq = begun + 1; seq < reports.length; seq++) furthest = Math.max(furthest, reports.step(seq));
  return furthest;
}

/** Where the newest attempt began: at its checkpoint, unless it shows that it did not go on from there. */
function startingStep({ begun, reached, reports }: TrialRecord): number {
  if (reached === null) return 0;
  const wentOn = reports.length === begun || reports.step(begun) > reached;
  return wentOn ? reached : 0;
}
