import { AttuneError } from "../errors.ts";

const WANTS = /\b(?:EMFILE|ENFILE|EAGAIN|ENOMEM)\b/;

/**
 * The system's code when an error, or what caused it, says that there is no room for one more open file, process or thread (of this
 * process or of the machine), else null. It says nothing of what was to be done.
 */
export function lacksRoom(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code = "" }: NodeJS.ErrnoException = error;
  // A thread's error has its own code, and the system's in its text.
  const text = code === "ERR_WORKER_INIT_FAILED" ? error.message : code;
  return WANTS.exec(text)?.[0] ?? lacksRoom(error.cause);
}

/** What to do about it; `code` as of {@link lacksRoom}. */
export function noRoom(code: string, cause: unknown): AttuneError {
  const way = code === "ENOMEM" ? "Free some" : "Raise the limit (ulimit -n, ulimit -u)";
  return new AttuneError(
    "no-room",
    `The system has no room for more ${wantOf(code)} (${code}). ${way} or run fewer workers, then run the same command again.`,
    { cause },
  );
}

/** What is said while it is hoped that there will be some; `code` as of {@link lacksRoom}. */
export function waitsForRoom(code: string): string {
  return `the system has no room for more ${wantOf(code)} (${code}), so that no program can be started: this run waits some seconds for it, then it ends.`;
}

function wantOf(code: string): string {
  return code === "ENOMEM" ? "memory" : "open files, processes or threads";
}

const FULL = /^(ENOSPC|EDQUOT)$/;

/** Whether an error, or what caused it, says that the disk, its inodes or the user's share of them is full. */
export function lacksSpace(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = "" }: NodeJS.ErrnoException = error;
  return FULL.test(code) || lacksSpace(error.cause);
}

/** The code of an error about a file or folder that could not be written: a full disk is no fault of the user's program. */
export function unwritableCode(cause: unknown): "no-room" | "user-code" {
  return lacksSpace(cause) ? "no-room" : "user-code";
}
