import { processState } from "../executor/process-identity.ts";
import type { Storage, StudyId } from "../storage/storage.ts";
import type { Evidence } from "../trial/command.ts";
import type { Owner } from "../trial/owner.ts";

/**
 * Why this owner's work may be taken over, or null while it must be left alone. A process that is alive, be it stopped, keeps what
 * would be lost with it (`work`), but not what another can do over again (`suggestion`) once its lease has run out.
 */
export async function evidenceOfDeath(
  storage: Storage,
  study: StudyId,
  owner: Owner,
  what: "work" | "suggestion",
): Promise<Evidence | null> {
  if (owner.kind === "foreign") return null;
  const process = owner.kind === "leased" ? owner.process : null;
  const state = process === null ? "elsewhere" : processState(process);
  if (state === "alive" && what === "work") return null;
  if (state === "dead") return "dead-process";
  return (await storage.expired(study, [owner.token])).length > 0 ? "expired" : null;
}
