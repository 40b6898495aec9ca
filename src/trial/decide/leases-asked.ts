import type { StudyCommand } from "../command.ts";
import { currentAttempt } from "../evolve/trial-record.ts";
import type { StudyState } from "../study-state.ts";

const NONE: readonly string[] = [];

/** Tokens of which `decide` may ask whether their lease has run out: a storage reads these leases first, and waits for them if it must. */
export function leasesAsked({ tables }: StudyState, command: StudyCommand): readonly string[] {
  if (command.type === "return") return command.evidence === "expired" ? [command.token] : NONE;
  if (command.type === "transition") {
    const record = command.evidence === undefined ? undefined : tables.trials.get(command.trial);
    const attempt = record === undefined ? null : currentAttempt(record);
    return attempt === null ? NONE : [attempt.owner.token];
  }
  if (command.type !== "reserve" || command.evidence !== "expired" || tables.reservation === null) return NONE;
  return [tables.reservation.proposer.token];
}
