import type { AttemptEnd } from "../event.ts";
import type { Purse } from "../ledger.ts";
import type { Outcome } from "../trial.ts";
import { fullFidelity } from "./full-fidelity.ts";
import type { StudyTables } from "./study-tables.ts";
import type { TrialRecord } from "./trial-record.ts";

/** Takes what the attempt that ends used up into the ledger, and notes how far its checkpoint came. */
export function payAttempt(tables: StudyTables, record: TrialRecord, end: AttemptEnd): void {
  const { ledger } = tables;
  const furthest = comeTo(tables, record, end);
  if (furthest !== null) ledger.steps += Math.max(0, furthest - (end.missing === undefined ? startingStep(record) : 0));
  ledger.seconds += end.seconds ?? 0;
  ledger.cost += end.cost ?? 0;
  if (end.checkpoint !== null || end.frozen !== undefined) record.reached = furthest ?? record.reached;
  else if (wasWoken(record)) record.reached = null;
}

/**
 * Whether an attempt may begin that runs `need` steps: `wait` while what runs may leave enough, `done` when nothing will. What runs is
 * reckoned to come to the step it is to run up to.
 */
export function affords(tables: StudyTables, purse: Purse | undefined, need: number): "yes" | "wait" | "done" {
  if (purse === undefined) return "yes";
  const { ledger } = tables;
  const {
    steps = Number.POSITIVE_INFINITY,
    seconds = Number.POSITIVE_INFINITY,
    cost = Number.POSITIVE_INFINITY,
  } = purse;
  if (ledger.steps >= steps || ledger.seconds >= seconds || ledger.cost >= cost) return "done";
  let promised = 0;
  for (const number of tables.running) promised += stepsUnderWay(tables, tables.trials.get(number)!);
  const left = steps - ledger.steps - promised;
  if (left > 0 && need <= left) return "yes";
  return tables.running.size > 0 ? "wait" : "done";
}

/** Steps that an attempt runs which begins now, up to `until`; 0 where that is not known. */
export function stepsAhead(record: TrialRecord | null, until: number | null): number {
  return until === null ? 0 : Math.max(0, until - Number(record?.reached ?? 0));
}

/** True where the newest attempt went on with the program that the one before kept in memory: it had no checkpoint to go on from. */
function wasWoken({ segments }: TrialRecord): boolean {
  return segments.at(-1)?.attempts.length === 1 && segments.at(-2)?.attempts.at(-1)?.frozen?.givenUp === null;
}

function stepsUnderWay(tables: StudyTables, record: TrialRecord): number {
  const until = record.segments.at(-1)?.until ?? null;
  const reported = fullFidelity(tables) === null ? (furthestStep(record) ?? 0) : 0;
  return Math.max(0, Math.max(until ?? 0, reported) - startingStep(record));
}

/** Ends that a program did not come to by itself, or without having run. */
const CUT_SHORT: readonly Outcome[] = ["lost", "preempted", "stopped", "not-started"];

/**
 * How far the newest attempt came; null where nobody can say. With a declared fidelity: to the one it was given if it ended well; otherwise
 * no further than that, by its reports, and all of it if it told none and ended by itself.
 */
function comeTo(tables: StudyTables, record: TrialRecord, { outcome }: AttemptEnd): number | null {
  const until = record.segments.at(-1)?.until ?? null;
  const reported = furthestStep(record);
  const endedWell = outcome === "ok" || outcome === "paused";
  if (until === null || fullFidelity(tables) === null) return reported ?? (endedWell ? until : null);
  if (endedWell) return until;
  if (reported !== null) return Math.min(until, reported);
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
