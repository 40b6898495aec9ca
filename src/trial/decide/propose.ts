import { AttuneError, StorageConflict } from "../../errors.ts";
import { mayPropose, mayStart } from "../budget.ts";
import type { ProposedTrial, ReserveResult } from "../command.ts";
import type { StudyEvent } from "../event.ts";
import { affords } from "../evolve/pay-attempt.ts";
import type { Reservation, StudyTables } from "../evolve/study-tables.ts";
import { claimed, isCurrent, proposedBySampler, startNew, unpaid } from "./claim.ts";
import type { CommandOf, DecideContext, Decider } from "./decision.ts";
import { budgetOf, checkDecision, shortToken, untilOf } from "./guards.ts";

function reserved({ first, count, index, view }: Reservation): ReserveResult {
  return { kind: "reserved", first, count, index, view };
}

/** True when the evidence is about the present holder and, for an expiry, holds by the storage's clock. */
function mayTakeOver(held: Reservation, command: CommandOf<"reserve">, context: DecideContext): boolean {
  const holder = held.proposer.token;
  if (command.holder !== undefined && command.holder !== null && command.holder !== holder) return false;
  if (command.evidence === "dead-process") return true;
  return command.evidence === "expired" && context.leaseExpired(holder);
}

export const decideReserve: Decider<"reserve"> = (tables, command, context) => {
  const { proposer, limit } = command;
  if (!Number.isSafeInteger(command.count) || command.count < 1) {
    throw new AttuneError(
      "invalid-argument",
      `A reservation of ${command.count} trials; give a whole number from 1 up.`,
    );
  }
  const budget = budgetOf(tables);
  if (limit !== null && budget.trialsSpent >= limit) return { events: [], result: { kind: "done" } };
  if (tables.waiting.peek() !== undefined && mayStart(budget, limit)) {
    return { events: [], result: { kind: "waiting-trial" } };
  }
  const means = affords(tables, command.purse, null);
  if (means !== "yes") return { events: [], result: unpaid(means) };
  const held = tables.reservation;
  if (held !== null) {
    if (held.proposer.token === proposer.token) return { events: [], result: reserved(held) };
    if (!mayTakeOver(held, command, context)) return { events: [], result: { kind: "busy", holder: held.proposer } };
    return { events: [{ type: "reservation-moved", proposer }], result: reserved(held) };
  }
  const count = Math.min(command.count, mayPropose(budget, limit));
  if (count === 0) return { events: [], result: { kind: "wait" } };
  const first = tables.trials.length;
  return {
    events: [{ type: "reserved", first, count, proposer }],
    result: { kind: "reserved", first, count, index: tables.proposalIndex, view: tables.revision + 1 },
  };
};

function heldBy(tables: StudyTables, token: string): Reservation {
  const held = tables.reservation;
  if (held?.proposer.token === token) return held;
  const now = held === null ? "no reservation is held" : `it is held by ${shortToken(held.proposer.token)}`;
  throw new StorageConflict(
    `The reservation of ${shortToken(token)} is gone: another trial took its number, the study's settings or space changed, ` +
      `or another proposer took it over (${now}). Reserve again.`,
  );
}

export const decideRelease: Decider<"release"> = (tables, command) => {
  heldBy(tables, command.token);
  return { events: [{ type: "reservation-released" }], result: {} };
};

function checkMember(tables: StudyTables, held: Reservation, trial: ProposedTrial, k: number): void {
  const { suggestion } = trial;
  const fits =
    trial.number === held.first + k &&
    isCurrent(tables, suggestion, held.index + k) &&
    (suggestion === null || suggestion.view === held.view);
  if (fits) return;
  throw new StorageConflict(
    `Trial ${trial.number} does not fit its reservation: expected number ${held.first + k}, index ${held.index + k}, view ${held.view}, ` +
      `settings ${tables.settings.length} and space ${tables.spaces.length}; it has ${JSON.stringify(suggestion)}.`,
  );
}

export const decideCommit: Decider<"commit"> = (tables, command) => {
  const held = heldBy(tables, command.token);
  const { trials, owner, decision } = command;
  checkDecision(tables, decision);
  const until = untilOf(tables, command.until);
  if (trials.length < 1 || trials.length > held.count) {
    throw new AttuneError(
      "invalid-argument",
      `A commit of ${trials.length} trials on a reservation of ${held.count}; give 1 to ${held.count}, or release it.`,
    );
  }
  for (const [k, trial] of trials.entries()) checkMember(tables, held, trial, k);
  const events: StudyEvent[] = trials.map(proposedBySampler);
  const numbers = trials.map((trial) => trial.number);
  if (owner === null || affords(tables, command.purse, { record: null, until }) !== "yes")
    return { events, result: { numbers, started: null } };
  const started = startNew(held.first, owner, until, decision);
  return { events: [...events, started], result: { numbers, started: claimed(started) } };
};
