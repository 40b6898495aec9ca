import { AttuneError, type ErrorCode, StorageConflict } from "../../errors.ts";
import type { Params } from "../../space/json.ts";
import type { StudyCommand } from "../../trial/command.ts";
import type { StudyDefinition } from "../../trial/study-definition.ts";
import type { StudyId, StudyOverview, StudySummary } from "../storage.ts";
import type { StudyOutline } from "../study-outline.ts";
import type { TrialPage, TrialQuery } from "../trial-page.ts";
import type { EventRow } from "./cached-study.ts";
import type { StorageCheck } from "./check-storage.ts";
import type { Synchronous } from "./open-database.ts";
import type { StoredSnapshot } from "./snapshot-table.ts";
import type { StoredLook } from "./sqlite-engine.ts";

/** What became of a command. */
export interface Done {
  readonly result: unknown;
  /** The study's rows up to `revision` that no answer before has brought, and that the caller does not know. */
  readonly rows: readonly EventRow[];
  readonly revision: number;
  /** Number of the commit that it is in, where it was answered soon. */
  readonly commit?: number;
}

/** What the thread can be asked, and what it answers. */
export interface ThreadCalls {
  open(file: string, synchronous: Synchronous, renewMs: number): null;
  createStudy(
    definition: StudyDefinition,
    enqueued: readonly Params[],
  ): { readonly id: StudyId; readonly created: boolean };
  /** `soon`: once it is committed, before it is flushed. */
  execute(study: StudyId, command: StudyCommand, known: number, soon?: true): Done;
  renew(study: StudyId, tokens: readonly string[], ttl: number): null;
  addTuningTime(study: StudyId, elapsed: number): number;
  findStudy(name: string): StudySummary | null;
  listStudies(): readonly StudySummary[];
  overview(): readonly StudyOverview[];
  read(study: StudyId, after: number, upTo: number | undefined): readonly EventRow[];
  outline(study: StudyId): StudyOutline;
  trials(study: StudyId, query: TrialQuery): TrialPage;
  load(study: StudyId): { readonly snapshot: StoredSnapshot | null; readonly rows: readonly EventRow[] };
  /** In the caller's thread alone: a message cannot hold what reads. */
  look(study: StudyId): StoredLook | null;
  /** Waits; `key` names the wait to `stopWaiting`. */
  changed(key: number, study: StudyId, after: number): null;
  stopWaiting(key: number): null;
  revision(study: StudyId): number;
  expired(study: StudyId, tokens: readonly string[]): readonly string[];
  copy(to: string): null;
  check(): StorageCheck;
  close(): null;
}

export type ThreadMethod = keyof ThreadCalls;

/** The handlers on the thread's side. */
export type ThreadHandlers = {
  readonly [M in ThreadMethod]: (...args: Parameters<ThreadCalls[M]>) => Promise<ReturnType<ThreadCalls[M]>>;
};

export interface ThreadRequest {
  readonly id: number;
  readonly method: ThreadMethod;
  readonly args: readonly unknown[];
}

export type ThreadReply =
  | { readonly notice: string }
  /** All that was answered soon up to that commit is flushed, or could not be. */
  | { readonly kept: number; readonly broken: PackedError | null }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: PackedError };

/** An error as a message can carry it. */
export interface PackedError {
  readonly conflict: boolean;
  readonly code: ErrorCode;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly stack: string;
}

export function packError(error: unknown): PackedError {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  if (error instanceof AttuneError) {
    const { code, message, data } = error;
    return { conflict: error instanceof StorageConflict, code, message, data, stack };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { conflict: false, code: "storage-failed", message: `The storage failed: ${message}`, data: {}, stack };
}

export function unpackError({ conflict, code, message, data, stack }: PackedError): AttuneError {
  if (conflict) return new StorageConflict(message, data);
  return new AttuneError(code, message, { data, cause: stack });
}
