import { AttuneError } from "../../errors.ts";
import type { Storage } from "../../storage/storage.ts";
import { findStudy } from "../../study/find-study.ts";
import type { LoggedEvent } from "../../trial/event.ts";
import type { OperationOutput, OperationParsed } from "../operations/index.ts";
import type { CallContext } from "../study-service.ts";

type Change = OperationOutput<"changes">["changes"][number];

/** What changed after a revision; where nothing did, what does within the time given. */
export async function studyChanges(
  { study, after, wait, limit }: OperationParsed<"changes">,
  { storage, waiting }: CallContext,
): Promise<OperationOutput<"changes">> {
  const { id, revision } = await findStudy(storage, study);
  if (after > revision) throw ahead(study, after, revision);
  if (after === revision && wait > 0) {
    const over = AbortSignal.any([waiting.signal, AbortSignal.timeout(Math.ceil(wait * 1000))]);
    await storage.changed(id, after, over);
  }
  return await readChanges(storage, id, after, limit);
}

/** The changes after a revision, `limit` at most. */
export async function readChanges(
  storage: Storage,
  id: string,
  after: number,
  limit: number,
): Promise<OperationOutput<"changes">> {
  const changes = (await storage.read(id, after, after + limit)).map(changeOf);
  const last = changes.at(-1)?.revision ?? after;
  return { changes, revision: last, more: changes.length === limit && (await storage.revision(id)) > last };
}

/** An event by what it is about: who holds which trial with which token stays here. */
function changeOf({ revision, at, event }: LoggedEvent): Change {
  const trial = "trial" in event && event.trial !== null ? { trial: event.trial } : {};
  return { revision, at: new Date(at).toISOString(), kind: event.type, ...trial };
}

function ahead(study: string, after: number, revision: number): AttuneError {
  const message = `Study ${study} is at revision ${revision}, and what came after ${after} is asked for; begin with 0: it is another study of that name.`;
  return new AttuneError("invalid-argument", message, { data: { revision } });
}
