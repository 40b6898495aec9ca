import { StorageConflict } from "../../errors.ts";
import { committed, mayStart } from "../budget.ts";
import type { ClaimedTrial, ProposedTrial } from "../command.ts";
import type { StudyEvent } from "../event.ts";
import { affords } from "../evolve/pay-attempt.ts";
import type { StudyTables } from "../evolve/study-tables.ts";
import { isInvalid, type TrialRecord } from "../evolve/trial-record.ts";
import type { Owner } from "../owner.ts";
import type { DecisionRecord, SuggestionRecord } from "../trial.ts";
import type { Decider } from "./decision.ts";
import { budgetOf, checkDecision, checkParams, findTrial, standing, untilOf } from "./guards.ts";

type Started = Extract<StudyEvent, { readonly type: "started" }>;

/** The next attempt of a waiting trial: of the segment it was in, else of its first, run up to `until`, which `decision` decided. */
export function startWaiting(
  record: TrialRecord,
  owner: Owner,
  until: number | null,
  decision?: DecisionRecord,
): Started {
  const segment = record.segments.at(-1);
  return {
    type: "started",
    trial: record.number,
    segment: Math.max(0, record.segments.length - 1),
    until: segment === undefined ? until : segment.until,
    attempt: segment?.attempts.length ?? 0,
    owner,
    ...(segment === undefined && decision && { decision }),
  };
}

/** The first attempt of a trial proposed in the same decision. */
export function startNew(trial: number, owner: Owner, until: number | null, decision?: DecisionRecord): Started {
  const started: Started = { type: "started", trial, segment: 0, until, attempt: 0, owner };
  return decision === undefined ? started : { ...started, decision };
}

export function claimed(event: Started): ClaimedTrial {
  const { trial, segment, attempt, until } = event;
  return { kind: "trial", trial, segment, attempt, until };
}

export function proposedBySampler(trial: ProposedTrial): StudyEvent {
  const { number, suggestion } = trial;
  const params = checkParams(trial.params);
  // Written out, for each trial comes by here and spreading costs.
  if (trial.offered === undefined)
    return { type: "proposed", trial: number, params, origin: "sampler", suggestion, replicate: null };
  const offered = checkParams(trial.offered);
  return { type: "proposed", trial: number, params, offered, origin: "sampler", suggestion, replicate: null };
}

/** True when a suggestion was made under the settings and space in force, as the index-th proposal. */
export function isCurrent(tables: StudyTables, suggestion: SuggestionRecord | null, index: number): boolean {
  return (
    suggestion === null ||
    (suggestion.settingsVersion === tables.settings.length &&
      suggestion.spaceVersion === tables.spaces.length &&
      suggestion.index === index)
  );
}

/** The answer where the budget does not suffice. */
export function unpaid(means: "wait" | "done"): { readonly kind: "wait" | "done"; readonly spent: true } {
  return { kind: means, spent: true };
}

export const decideClaim: Decider<"claim"> = (tables, command) => {
  const { limit, owner, candidate, decision } = command;
  checkDecision(tables, decision);
  const until = untilOf(tables, command.until);
  const budget = budgetOf(tables);
  if (limit !== null && budget.trialsSpent >= limit) return { events: [], result: { kind: "done" } };
  const waiting = tables.waiting.peek();
  const next = waiting === undefined ? null : findTrial(tables, waiting);
  const means = affords(tables, command.purse, { record: next, until: next?.segments.at(-1)?.until ?? until });
  if (means !== "yes") return { events: [], result: unpaid(means) };
  if (waiting !== undefined && mayStart(budget, limit)) {
    const started = startWaiting(findTrial(tables, waiting), owner, until, decision);
    return { events: [started], result: claimed(started) };
  }
  // A reservation does not count here: if its holder is dead, only a `reserve` with that evidence gets the study on.
  if (limit !== null && committed(budget) - budget.reserved >= limit) return { events: [], result: { kind: "wait" } };
  if (
    candidate !== null &&
    tables.reservation === null &&
    candidate.number === tables.trials.length &&
    isCurrent(tables, candidate.suggestion, tables.proposalIndex)
  ) {
    const started = startNew(candidate.number, owner, until, decision);
    return { events: [proposedBySampler(candidate), started], result: claimed(started) };
  }
  return { events: [], result: { kind: "reserve" } };
};

export const decideStart: Decider<"start"> = (tables, command) => {
  const record = findTrial(tables, command.trial);
  if (record.state !== "waiting" || isInvalid(record)) {
    throw new StorageConflict(
      `Trial ${record.number} cannot be started: expected waiting, it is ${standing(record)}.`,
      {
        trial: record.number,
        state: record.state,
      },
    );
  }
  const until = untilOf(tables, command.until);
  const { limit = null } = command;
  if (!mayStart(budgetOf(tables), limit)) {
    throw new StorageConflict(
      `Trial ${record.number} cannot be started: ${limit} trials are wanted, and as many have begun; it stays ${standing(record)}.`,
      { trial: record.number, state: record.state },
    );
  }
  const ahead = { record, until: record.segments.at(-1)?.until ?? until };
  const means = affords(tables, command.purse, ahead);
  if (means !== "yes") return { events: [], result: unpaid(means) };
  const started = startWaiting(record, command.owner, until);
  return { events: [started], result: claimed(started) };
};
