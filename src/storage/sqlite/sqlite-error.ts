import { closeSync, openSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { AttuneError, type ErrorCode } from "../../errors.ts";
import { lacksRoom, noRoom } from "../lacks-room.ts";
import { linkedFile } from "./linked-file.ts";
import { lockHolder } from "./lock-holder.ts";

/** SQLite's primary result codes that mean something to the user. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const PROTOCOL = 15;
const NOTADB = 26;
/** Extended: the index of the log (`-shm`) could not grow, which is all that is said where the disk has no room for it. */
const IOERR_SHMSIZE = 4874;

/** The primary result code of an error thrown by node:sqlite; null for anything else. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  return error.errcode === IOERR_SHMSIZE ? FULL : error.errcode & 0xff;
}

/** True when another connection holds the lock, so that trying again later helps. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED || code === PROTOCOL;
}

/** True when the disk (or the quota) has no room. */
export function isFull(error: unknown): boolean {
  return resultCode(error) === FULL;
}

/** True when an error says, in whichever way, that there is no room on the disk of the file. */
export function fillsDisk(file: string, error: unknown): boolean {
  const known = storageError(file, error);
  return known instanceof AttuneError && known.code === "storage-full";
}

function diskIsFull(file: string): boolean {
  try {
    const { bavail, files, ffree } = statfsSync(dirname(file));
    // Some file systems count no inodes.
    return bavail === 0 || (files > 0 && ffree === 0);
  } catch (error) {
    // The folder itself is gone or unreadable: then the disk's room is not what ails it.
    if (error instanceof Error) return false;
    throw error;
  }
}

/** Whether no descriptor is left, of which SQLite says only that it could not open its file. */
function opensNothing(): boolean {
  try {
    // Not the storage itself: closing it would let go of the locks on it.
    closeSync(openSync("/dev/null", "r"));
    return false;
  } catch (error) {
    return lacksRoom(error) !== null;
  }
}

function explain(file: string, code: number): readonly [ErrorCode, string] {
  const full = `${noRoomOn(file)}: what was committed before is safe, the last change is not in it. Free some space and run the same command again.`;
  switch (code) {
    case NOTADB:
      return ["storage-not-a-database", notADatabase(file)];
    case CORRUPT:
      return ["storage-corrupt", `${file} is damaged: ${advice(file)}`];
    case READONLY:
      return ["storage-read-only", readOnly(file)];
    case FULL:
      return ["storage-full", full];
    case CANTOPEN:
      if (diskIsFull(file)) return ["storage-full", full];
      if (opensNothing()) return ["no-room", noRoom("EMFILE", null).message];
      return [
        "storage-read-only",
        `${file} cannot be opened for writing. Check the permissions of the file and of its folder.`,
      ];
    case BUSY:
    case LOCKED:
    case PROTOCOL:
      return ["storage-busy", busy(file)];
    case IOERR:
      if (diskIsFull(file)) return ["storage-full", full];
      return ["storage-failed", `Reading or writing ${file} failed. Check the disk, then run the same command again.`];
    default:
      return ["storage-failed", `The storage ${file} failed.`];
  }
}

export function readOnly(file: string): string {
  return `${file} cannot be written: the file, its folder or its disk is read-only. Change that, or name another file.`;
}

export function notADatabase(file: string): string {
  return `${file} is not an Attune storage, and was left as it is. Name another file.`;
}

export function busy(file: string): string {
  const { who, way } = holderWords(file);
  return `${file} has been locked by ${who} for more than a minute. ${way}, then run the same command again.`;
}

/** What is said while writes wait for room. */
export function waitingForRoom(file: string): string {
  return `${noRoomOn(file)}; what is finished here is kept in memory and waits for a minute. Free some space.`;
}

function noRoomOn(file: string): string {
  return `There is no room left on the disk of ${file} (for data, or for one more file)`;
}

/** What is said while a process waits for the lock. */
export function waiting(file: string): string {
  const { who, way } = holderWords(file);
  return `${file} is locked by ${who}; what is finished here is kept in memory and waits for it. ${way}.`;
}

function holderWords(file: string): { readonly who: string; readonly way: string } {
  const holder = lockHolder(linkedFile(file));
  if (holder === null) return { who: "another process", way: "End that process (fuser or lsof name it)" };
  const { pid, name, stopped } = holder;
  if (stopped) return { who: `process ${pid} (${name}), which stands still`, way: `Wake it with kill -CONT ${pid}` };
  return { who: `process ${pid} (${name})`, way: `If it hangs, end it with kill ${pid}` };
}

function advice(file: string): string {
  return `nothing was changed. Copy it away first, then restore a backup or save what is readable with: sqlite3 ${file} .recover`;
}

/** The storage's log holds something that cannot be read. */
export function corruptLog(file: string, cause: unknown): AttuneError {
  const what = cause instanceof Error ? ` (${cause.message})` : "";
  return new AttuneError("storage-corrupt", `${file} is damaged${what}: ${advice(file)}`, { cause });
}

/** An error of SQLite or the file system in the user's words; AttuneErrors stay as they are. */
export function storageError(file: string, error: unknown): unknown {
  if (error instanceof AttuneError) return error;
  const code = resultCode(error) ?? fileSystemCode(error);
  if (code === null) return error;
  const [kind, message] = explain(file, code);
  const detail = error instanceof Error && kind === "storage-failed" ? ` (${error.message})` : "";
  return new AttuneError(kind, `${message}${detail}`, { cause: error });
}

function fileSystemCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  if (error.code === "EACCES" || error.code === "EPERM" || error.code === "EROFS") return READONLY;
  if (error.code === "ENOSPC" || error.code === "EDQUOT") return FULL;
  return typeof error.code === "string" && /^E[A-Z]+$/.test(error.code) ? IOERR : null;
}
