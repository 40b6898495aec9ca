import { AttuneError, StorageConflict } from "../../errors.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { Budget } from "../budget.ts";
import { encodeNumber } from "../encoded-number.ts";
import { fullFidelity } from "../evolve/full-fidelity.ts";
import type { StudyTables } from "../evolve/study-tables.ts";
import { currentAttempt, isFinished, isInvalid, type TrialRecord } from "../evolve/trial-record.ts";
import type { Attempt, DecisionRecord, Report, Values } from "../trial.ts";

export function budgetOf(tables: StudyTables): Budget {
  return { ...tables.budgeted, reserved: tables.reservation?.count ?? 0 };
}

/** The record of a trial, or AttuneError `unknown-trial`. */
export function findTrial(tables: StudyTables, trial: number): TrialRecord {
  const record = tables.trials.get(trial);
  if (record !== undefined) return record;
  const count = tables.trials.length;
  const known = count === 0 ? "it has none yet" : `its trials are 0 to ${count - 1}`;
  throw new AttuneError("unknown-trial", `There is no trial ${trial} in study "${nameOf(tables)}": ${known}.`, {
    data: { trial, count },
  });
}

export function nameOf(tables: StudyTables): string {
  return tables.definition?.name ?? "";
}

/** The start of a token: enough to tell two apart, too little to use. */
export function shortToken(token: string): string {
  return token.length <= 8 ? token : `${token.slice(0, 8)}…`;
}

/** How a trial stands, for messages: "running (held by leased 1a2b3c4d…)". */
export function standing(record: TrialRecord): string {
  const attempt = currentAttempt(record);
  const holder = attempt === null ? "" : ` (held by ${attempt.owner.kind} ${shortToken(attempt.owner.token)})`;
  return `${record.state}${holder}${isInvalid(record) ? ", marked invalid" : ""}`;
}

/** The trial's current attempt if `token` holds it; otherwise StorageConflict, and nothing may be written. */
export function fence(record: TrialRecord, token: string): Attempt {
  const attempt = currentAttempt(record);
  if (record.state === "running" && attempt !== null && attempt.owner.token === token) return attempt;
  throw new StorageConflict(
    `Trial ${record.number} is not held by ${shortToken(token)} any more: expected running under that token, it is ${standing(record)}. ` +
      "Its lease ran out or somebody else ended it; this result changes nothing.",
    { trial: record.number, state: record.state },
  );
}

/**
 * The step to run up to: in a study that declares a fidelity the largest one, where none is given. AttuneError `invalid-argument` for a step
 * that is none, or no value of the fidelity.
 */
export function untilOf(tables: StudyTables, until: number | null): number | null {
  if (until === null) return fullFidelity(tables);
  if (!Number.isFinite(until))
    throw new AttuneError("invalid-argument", `A trial is to run up to step ${until}; a step is a finite number.`);
  const full = fullFidelity(tables);
  if (full === null || (until > 0 && until <= full)) return until;
  throw new AttuneError("invalid-argument", `A trial is to run with fidelity ${until}; the largest is ${full}.`);
}

/** StorageConflict for what was decided under other settings than are in force: the scheduler may be another by now. */
export function checkDecision(tables: StudyTables, decision: DecisionRecord | undefined): void {
  if (decision === undefined || decision.settingsVersion === tables.settings.length) return;
  throw new StorageConflict(
    `The scheduler decided under settings ${decision.settingsVersion}, now ${tables.settings.length} are in force: decide again.`,
  );
}

/** Refuses what another tool's protocol may not do with a trial: StorageConflict for one that has ended or that somebody here holds. */
export function fenceForeign(record: TrialRecord): void {
  fenceOpen(record);
  const owner = currentAttempt(record)?.owner;
  if (owner === undefined || owner.kind === "foreign") return;
  throw new StorageConflict(
    `Trial ${record.number} is not another tool's: expected one that nobody here holds, it is ${standing(record)}.`,
    { trial: record.number, state: record.state },
  );
}

/** StorageConflict for a trial that has ended. */
export function fenceOpen(record: TrialRecord): void {
  if (!isFinished(record)) return;
  throw new StorageConflict(`Trial ${record.number} has ended: expected one that has not, it is ${standing(record)}.`, {
    trial: record.number,
    state: record.state,
  });
}

/** Values with the non-finite ones as words. */
export function encodeValues(values: Values): Values {
  const isEncoded = (name: string): boolean => typeof values[name] === "string" || Number.isFinite(values[name]);
  if (Object.keys(values).every(isEncoded)) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? encodeNumber(value) : value]),
  );
}

/** A report fit for the log, or AttuneError `invalid-argument`. */
export function checkReport(trial: number, report: Report): Report {
  if (!Number.isFinite(report.step)) {
    throw new AttuneError(
      "invalid-argument",
      `Report ${report.seq} of trial ${trial} has step ${report.step}; a step is a finite number.`,
    );
  }
  return { seq: report.seq, step: report.step, values: encodeValues(report.values) };
}

/** Parameters as JSON can carry them, or AttuneError `invalid-params`. */
export function checkParams(params: Params): Params {
  for (const name of Object.keys(params)) checkJson(name, params[name]!);
  return params;
}

/** Text that only whoever wrote it reads, or AttuneError `invalid-argument`. */
export function checkText(what: string, text: string): string {
  if (typeof text === "string") return text;
  throw new AttuneError("invalid-argument", `${what} is not text; give its value as JSON text.`);
}

function checkJson(name: string, value: JsonValue): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new AttuneError(
      "invalid-params",
      `Parameter "${name}" is ${value}; a value is a finite number, text, true, false, null, or a list or object of such.`,
    );
  }
  if (value !== null && typeof value === "object") for (const inner of Object.values(value)) checkJson(name, inner);
}
