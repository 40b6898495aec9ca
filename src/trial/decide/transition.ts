import { AttuneError, StorageConflict } from "../../errors.ts";
import type { AttemptEnd, StudyEvent } from "../event.ts";
import { impliedOutcome } from "../evolve/apply-trial-event.ts";
import type { StudyTables } from "../evolve/study-tables.ts";
import { currentAttempt, frozenAttempt, type TrialRecord } from "../evolve/trial-record.ts";
import type { FinishedState } from "../trial.ts";
import { startWaiting } from "./claim.ts";
import type { CommandOf, DecideContext, Decider } from "./decision.ts";
import { encodeValues, findTrial, shortToken, standing, untilOf } from "./guards.ts";

/** A foreign attempt is anybody's who sees its state; any other only its token's. */
function checkOwner(record: TrialRecord, command: CommandOf<"transition">): void {
  const owner = currentAttempt(record)?.owner;
  if (owner === undefined || owner.token === command.owner.token) return;
  if (owner.kind === "foreign" && command.owner.kind === "foreign") return;
  throw new StorageConflict(
    `Trial ${record.number} belongs to another owner: expected ${shortToken(command.owner.token)}, it is ${standing(record)}.`,
    { trial: record.number, state: record.state },
  );
}

function plainEnd(outcome: AttemptEnd["outcome"]): AttemptEnd {
  return { outcome, message: null, exitCode: null, signal: null, checkpoint: null };
}

function isFinal(state: string): state is FinishedState {
  return state === "complete" || state === "pruned" || state === "failed";
}

function eventsOf(
  tables: StudyTables,
  record: TrialRecord,
  command: CommandOf<"transition">,
): readonly StudyEvent[] | null {
  const { from, to, owner, trial } = command;
  const until = untilOf(tables, null);
  const starts = startWaiting(record, owner, until);
  const resumes = { ...starts, segment: record.segments.length, until, attempt: 0 };
  // Whoever goes on here has no program in memory.
  const first: readonly StudyEvent[] = frozenAttempt(record) === null ? [] : [{ type: "given-up", trial }];
  if (isFinal(from)) return null;
  if (isFinal(to)) {
    const values = command.values === null ? record.values : encodeValues(command.values);
    const end = plainEnd(command.evidence === undefined ? impliedOutcome(to) : "lost");
    const finished: StudyEvent = { type: "finished", trial, state: to, values, end };
    return from === "waiting" ? [starts, finished] : [...first, finished];
  }
  if (to === "running") {
    if (from === "running") return null;
    return from === "waiting" ? [starts] : [...first, resumes];
  }
  if (from !== "running") return null;
  if (to === "waiting") {
    return [{ type: "returned", trial, end: plainEnd(command.evidence === undefined ? "preempted" : "lost") }];
  }
  return [{ type: "paused", trial, end: plainEnd("paused") }];
}

/** What says that the owner is gone holds by the storage's clock. */
function checkEvidence(record: TrialRecord, { evidence }: CommandOf<"transition">, context: DecideContext): void {
  if (evidence === undefined) return;
  const token = currentAttempt(record)?.owner.token;
  if (token !== undefined && context.leaseExpired(token)) return;
  throw new StorageConflict(
    `Trial ${record.number} is not given up: expected an attempt whose lease ran out, it is ${standing(record)}.`,
    { trial: record.number, state: record.state },
  );
}

export const decideTransition: Decider<"transition"> = (tables, command, context) => {
  const record = findTrial(tables, command.trial);
  const { from, to } = command;
  const events = eventsOf(tables, record, command);
  if (events === null) {
    throw new AttuneError(
      "invalid-argument",
      `A trial cannot go from ${from} to ${to}: waiting and paused ones can run or end, running ones can wait, pause or end, ended ones stay.`,
    );
  }
  if (record.state !== from) {
    throw new StorageConflict(
      `Trial ${record.number} cannot become ${to}: expected ${from}, it is ${standing(record)}.`,
      {
        trial: record.number,
        state: record.state,
      },
    );
  }
  checkOwner(record, command);
  checkEvidence(record, command, context);
  return { events, result: {} };
};
