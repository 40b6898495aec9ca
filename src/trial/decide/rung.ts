import { StorageConflict } from "../../errors.ts";
import type { StudyEvent } from "../event.ts";
import { affords } from "../evolve/pay-attempt.ts";
import { frozenAttempt, isInvalid, type TrialRecord } from "../evolve/trial-record.ts";
import { resumableAttempt } from "../resumable-attempt.ts";
import { claimed, unpaid } from "./claim.ts";
import type { Decider } from "./decision.ts";
import { budgetOf, checkDecision, encodeValues, fence, findTrial, shortToken, standing, untilOf } from "./guards.ts";

export const decidePause: Decider<"pause"> = (tables, command) => {
  const record = findTrial(tables, command.trial);
  fence(record, command.token);
  const { end, decision, values } = command;
  if (decision?.report !== undefined) checkReport(record, decision.report);
  const paused: StudyEvent = {
    type: "paused",
    trial: record.number,
    end,
    ...(values && { values: encodeValues(values) }),
    ...(decision && { decision }),
  };
  return { events: [paused], result: {} };
};

export const decidePass: Decider<"pass"> = (tables, command) => {
  const record = findTrial(tables, command.trial);
  fence(record, command.token);
  checkReport(record, command.decision.report);
  return { events: [{ type: "passed", trial: record.number, decision: command.decision }], result: {} };
};

export const decideGiveUp: Decider<"give-up"> = (tables, { trial, token, checkpoint }) => {
  const record = findTrial(tables, trial);
  if (checkpoint === undefined) {
    checkKept(record, token);
    return { events: [{ type: "given-up", trial }], result: {} };
  }
  if (record.state !== "paused" || resumableAttempt(record)?.owner.token !== token) {
    throw new StorageConflict(
      `Trial ${trial} has no checkpoint of ${shortToken(token)} to give up: expected it paused with one, it is ${standing(record)}.`,
      { trial, state: record.state },
    );
  }
  return { events: [{ type: "given-up", trial, checkpoint }], result: {} };
};

/** `token`: of the attempt whose program is to be in memory, or null for none. */
function checkKept(record: TrialRecord, token: string | null): void {
  const kept = frozenAttempt(record)?.owner.token ?? null;
  if (kept === token) return;
  const words = (held: string | null): string =>
    held === null ? "no program of it in memory" : `the program of ${shortToken(held)} in memory`;
  throw new StorageConflict(
    `Trial ${record.number} is kept otherwise: expected ${words(token)}, it is ${standing(record)} with ${words(kept)}.`,
    { trial: record.number, state: record.state },
  );
}

/** A report makes one row at most, and rows follow each other as reports do. */
function checkReport({ number, reports, ends }: TrialRecord, report: number): void {
  const taken = ends.at(-1)?.reports ?? 0;
  if (Number.isSafeInteger(report) && report >= taken && report < reports.length) return;
  throw new StorageConflict(
    `Report ${report} of trial ${number} ends no rung: expected one from ${taken} on of the ${reports.length} that it has.`,
    { trial: number, next: taken },
  );
}

export const decideResume: Decider<"resume"> = (tables, command) => {
  const { limit, owner, decision } = command;
  const record = findTrial(tables, command.trial);
  const until = untilOf(tables, command.until);
  checkResumable(record, until);
  checkDecision(tables, decision);
  checkKept(record, command.woken ?? null);
  const { trialsSpent, running } = budgetOf(tables);
  if (limit !== null && trialsSpent >= limit) return { events: [], result: { kind: "done" } };
  if (limit !== null && trialsSpent + running >= limit) return { events: [], result: { kind: "wait" } };
  const means = affords(tables, command.purse, { record, until });
  if (means !== "yes") return { events: [], result: unpaid(means) };
  const segment = record.segments.length;
  const started = { type: "started", trial: record.number, segment, until, attempt: 0, owner } as const;
  return { events: [{ ...started, ...(decision && { decision }) }], result: claimed(started) };
};

function checkResumable(record: TrialRecord, until: number | null): void {
  const trial = record.number;
  const refused = (expected: string, found: string): StorageConflict =>
    new StorageConflict(`Trial ${trial} cannot be resumed: expected ${expected}, it is ${found}.`, {
      trial,
      state: record.state,
    });
  if (record.state !== "paused" || isInvalid(record)) throw refused("paused", standing(record));
  const reached = Number(record.ends.at(-1)?.step ?? Number.NaN);
  if (until !== null && !(until > reached || Number.isNaN(reached)))
    throw refused(`a step to run up to beyond the one it has come to, given ${until}`, `paused at step ${reached}`);
}
