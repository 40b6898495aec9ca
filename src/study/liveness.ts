import { processState } from "../executor/process-identity.ts";
import type { Storage, StudyId } from "../storage/storage.ts";
import type { Evidence } from "../trial/command.ts";
import type { Owner } from "../trial/owner.ts";

/** Why this owner's work may be taken over, or null while it must be left alone. */
export async function evidenceOfDeath(storage: Storage, study: StudyId, owner: Owner): Promise<Evidence | null> {
  if (owner.kind !== "leased") return null;
  const state = owner.process === null ? "elsewhere" : processState(owner.process);
  if (state === "alive") return null;
  if (state === "dead") return "dead-process";
  return (await storage.expired(study, [owner.token])).length > 0 ? "expired" : null;
}
