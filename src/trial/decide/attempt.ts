import { AttuneError, StorageConflict } from "../../errors.ts";
import type { AttemptEnd, StudyEvent } from "../event.ts";
import { sameJson } from "../evolve/evolve.ts";
import { fullFidelity } from "../evolve/full-fidelity.ts";
import type { StudyTables } from "../evolve/study-tables.ts";
import { isFinished, type TrialRecord } from "../evolve/trial-record.ts";
import { studyUnit } from "../evolve/unit-trial.ts";
import type { Metric } from "../metric.ts";
import { metricsInForce } from "../metrics-in-force.ts";
import type { Report } from "../trial.ts";
import { isOfProgram } from "../unit-of-trial.ts";
import { claimed, startWaiting } from "./claim.ts";
import type { CommandOf, DecideContext, Decider } from "./decision.ts";
import { checkReport, encodeValues, fence, fenceForeign, findTrial, shortToken, standing, untilOf } from "./guards.ts";

/** Losses after which a trial is given up, so that a configuration that kills its worker cannot loop. */
export const MAX_LOSSES = 3;

export const decideReport: Decider<"report"> = (tables, command) => {
  const record = findTrial(tables, command.trial);
  if (command.token === null) fenceForeign(record);
  else fence(record, command.token);
  const fresh: Report[] = [];
  let next = record.reports.length;
  const given = command.token === null ? command.reports.map((one, k) => ({ ...one, seq: next + k })) : command.reports;
  for (const report of given) {
    if (report.seq < next) continue;
    if (report.seq > next) {
      throw new StorageConflict(
        `Report ${report.seq} of trial ${record.number} skips some: expected ${next} next. Send the missing ones first.`,
        { trial: record.number, next },
      );
    }
    fresh.push(checkReport(record.number, report));
    next++;
  }
  if (fresh.length === 0) return { events: [], result: { next } };
  return { events: [{ type: "reported", trial: record.number, reports: fresh }], result: { next } };
};

function isRepeat(record: TrialRecord, command: CommandOf<"finish">): boolean {
  const last = record.segments.at(-1)?.attempts.at(-1);
  if (!isFinished(record) || last?.owner.token !== command.token || record.state !== command.state) return false;
  const { outcome, message, exitCode, signal, checkpoint } = last;
  const { end } = command;
  return (
    sameJson(record.values, encodeValues(command.values)) &&
    outcome === end.outcome &&
    message === end.message &&
    exitCode === end.exitCode &&
    signal === end.signal &&
    checkpoint === end.checkpoint
  );
}

export const decideFinish: Decider<"finish"> = (tables, command) => {
  const record = findTrial(tables, command.trial);
  if (isRepeat(record, command)) return { events: [], result: { repeated: true } };
  fence(record, command.token);
  const { trial, state, values } = command;
  const otherUnit = state === "complete" ? unitProblem(tables, command) : null;
  if (otherUnit !== null) {
    const end = { ...command.end, outcome: "no-metric", message: otherUnit } as const;
    return { events: [{ type: "finished", trial, state: "failed", values: {}, end }], result: { repeated: false } };
  }
  const { end, decision } = command;
  if (state === "complete" && ranInPart(tables, record)) {
    const paused = { type: "paused", trial, end: { ...end, outcome: "paused" }, values: encodeValues(values) } as const;
    return { events: [paused], result: { repeated: false, paused: true } };
  }
  const finished = { type: "finished", trial, state, values: encodeValues(values), end } as const;
  return { events: [decision === undefined ? finished : { ...finished, decision }], result: { repeated: false } };
};

/** True for a run with less than the largest fidelity: it is no end of a trial, and no result to compare with full runs. */
function ranInPart(tables: StudyTables, { segments }: TrialRecord): boolean {
  const full = fullFidelity(tables);
  return full !== null && (segments.at(-1)?.until ?? full) < full;
}

function objectivesOf({ definition, settings }: StudyTables): readonly Metric[] {
  if (definition === null) return [];
  return metricsInForce(definition.metrics, settings.at(-1)?.value ?? definition.settings);
}

/** Why the values cannot be compared with those of the trials before, in words for the user; else null. */
function unitProblem(tables: StudyTables, { values, end }: CommandOf<"finish">): string | null {
  if (!isOfProgram(end)) return null;
  for (const { name, unit: said } of objectivesOf(tables)) {
    const before = studyUnit(tables, name);
    const unit = end.units?.[name] ?? null;
    if (said !== undefined && unit !== null && unit !== said && name in values)
      return `The program ended well, but its \`${name}\` came with a unit (converted to ${unit}), and the study says that it is in ${said}; say that its unit is ${unit}.`;
    if (before === undefined || before === unit || !(name in values)) continue;
    const words = (one: string | null): string =>
      one === null ? "without a unit" : `with a unit (converted to ${one})`;
    return (
      `The program ended well, but its \`${name}\` came ${words(unit)}, and in trials before ${words(before)}, ` +
      "which cannot be compared; let the program print it in one unit always."
    );
  }
  return null;
}

function checkEvidence(record: TrialRecord, command: CommandOf<"return">, context: DecideContext): void {
  fence(record, command.token);
  if (command.end.outcome !== "lost" && command.end.outcome !== "preempted") {
    throw new AttuneError(
      "invalid-argument",
      `Trial ${record.number} is returned with outcome "${command.end.outcome}"; a returned attempt is lost or preempted, any other end finishes it.`,
    );
  }
  if (command.evidence === "expired" && !context.leaseExpired(command.token)) {
    throw new StorageConflict(
      `Trial ${record.number} is still leased by ${shortToken(command.token)}: expected an expired lease, it was renewed.`,
      { trial: record.number },
    );
  }
}

function givenUp(record: TrialRecord, end: AttemptEnd): StudyEvent {
  const last = end.message === null ? "" : ` The last time: ${end.message}`;
  const message = `Its worker was lost ${MAX_LOSSES} times while it ran, so it is not tried again.${last}`;
  return { type: "finished", trial: record.number, state: "failed", values: {}, end: { ...end, message } };
}

export const decideReturn: Decider<"return"> = (tables, command, context) => {
  const record = findTrial(tables, command.trial);
  checkEvidence(record, command, context);
  const { end } = command;
  if (end.outcome === "lost" && record.losses + 1 >= MAX_LOSSES) {
    return { events: [givenUp(record, end)], result: { state: "failed" } };
  }
  return { events: [{ type: "returned", trial: record.number, end }], result: { state: "waiting" } };
};

export const decideHandOver: Decider<"hand-over"> = (tables, command) => {
  const record = findTrial(tables, command.trial);
  const { owner } = fence(record, command.token);
  if (owner.kind !== "detached" || command.owner.kind !== "detached") {
    throw new StorageConflict(
      `Trial ${record.number} cannot be handed over: expected one that was asked for, it is ${standing(record)}.`,
      { trial: record.number, state: record.state },
    );
  }
  const message = "Its token was given up as lost, and the trial handed over.";
  const end = { outcome: "preempted", message, exitCode: null, signal: null, checkpoint: null } as const;
  const started = startWaiting(record, command.owner, untilOf(tables, null));
  return { events: [{ type: "returned", trial: record.number, end }, started], result: claimed(started) };
};
