import { StorageConflict } from "../../errors.ts";
import { committed } from "../budget.ts";
import type { StudyEvent } from "../event.ts";
import { affords } from "../evolve/pay-attempt.ts";
import type { StudyTables } from "../evolve/study-tables.ts";
import { frozenAttempt, isInvalid, type TrialRecord } from "../evolve/trial-record.ts";
import type { Branch } from "../trial.ts";
import { claimed, startNew, unpaid } from "./claim.ts";
import type { CommandOf, Decider } from "./decision.ts";
import { budgetOf, checkDecision, checkParams, findTrial, standing, untilOf } from "./guards.ts";

export const decideBranch: Decider<"branch"> = (tables, command) => {
  const { owner, limit, decision } = command;
  checkDecision(tables, decision);
  if (decision.view < (tables.spaces.at(-1)?.revision ?? 0))
    throw new StorageConflict("The space is another by now: decide again.");
  const until = untilOf(tables, command.until);
  const replaced = command.replaces === null ? null : replaceable(findTrial(tables, command.replaces));
  const branch = command.of === null ? null : branchOf(tables, command.of, until);
  const budget = budgetOf(tables);
  if (limit !== null && budget.trialsSpent >= limit) return { events: [], result: { kind: "done" } };
  const taken = replaced === null ? committed(budget) : budget.trialsSpent + budget.running;
  if (limit !== null && taken >= limit) return { events: [], result: { kind: "wait" } };
  const ahead = { record: { reached: branch?.step ?? null, state: "paused" } as const, until };
  const means = affords(tables, command.purse, replaced === null && branch === null ? { record: null, until } : ahead);
  if (means !== "yes") return { events: [], result: unpaid(means) };
  const trial = tables.trials.length;
  const params = checkParams(command.params);
  const made = { type: "proposed", trial, params, origin: "scheduler", suggestion: null, replicate: null } as const;
  const proposed: StudyEvent = { ...made, ...(branch && { branch }) };
  const started = startNew(trial, owner, until, decision);
  const ended = replaced === null ? [] : [endOf(replaced, trial, decision.reason)];
  return { events: [...ended, proposed, started], result: claimed(started) };
};

function replaceable(record: TrialRecord): TrialRecord {
  if (record.state === "paused" && !isInvalid(record) && frozenAttempt(record) === null) return record;
  throw new StorageConflict(
    `Trial ${record.number} cannot be replaced: expected paused, and no program of it in memory, it is ${standing(record)}.`,
    { trial: record.number, state: record.state },
  );
}

function endOf(record: TrialRecord, successor: number, message: string): StudyEvent {
  const end = { outcome: "stopped", message, exitCode: null, signal: null, checkpoint: null } as const;
  const values = record.ends.at(-1)?.values ?? record.values;
  return { type: "finished", trial: record.number, state: "pruned", values, end, successor };
}

/** StorageConflict where that trial has no such checkpoint, or came as far as the new one is to run. */
function branchOf(tables: StudyTables, of: NonNullable<CommandOf<"branch">["of"]>, until: number | null): Branch {
  const record = findTrial(tables, of.trial);
  const { segment } = of;
  const kept = record.segments[segment]?.attempts.findLast(({ checkpoint }) => checkpoint !== null);
  const step = Number(record.ends.findLast((end) => end.segment === segment)?.step ?? Number.NaN);
  if (
    !isInvalid(record) &&
    kept !== undefined &&
    kept.dropped === undefined &&
    (until === null ? Number.isFinite(step) : step < until)
  )
    return { of: of.trial, segment, step };
  throw new StorageConflict(
    `Trial ${of.trial} cannot be gone on from: expected a checkpoint of its segment ${segment} at a step below ${until ?? "its end"}, it is ${standing(record)}.`,
    { trial: of.trial, state: record.state },
  );
}
