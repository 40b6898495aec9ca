import type { ErrorCode } from "../errors.ts";
import type { Output } from "./output.ts";

/** What every command gets: where to write, the environment, and the words behind `--`. */
export interface CliContext {
  readonly output: Output;
  readonly environment: NodeJS.ProcessEnv;
  /** The words behind the first `--` of `attune run`, or null when there was none. */
  readonly program: readonly string[] | null;
  /** Sets the code the process ends with. */
  readonly exitWith: (code: ExitCode) => void;
}

/** Every exit code of the command line; `docs/reference/exit-codes.md` says the same in words. */
export const EXIT_CODES = {
  /** Everything asked for was done. */
  ok: 0,
  /** Done, but the answer is no: no complete trial, the same failure again and again, a replay that differs. */
  negative: 1,
  /** Something given is wrong: an option, a file, a name, a value. */
  badInput: 2,
  /** The storage could not be opened, read or written. */
  storage: 3,
  /** Somebody else changed the trial first, or the token is not its owner's. */
  conflict: 4,
  /** The installed command was started by a Node older than 24 (`bin/attune.cjs`). */
  oldNode: 69,
  /** A fault of Attune itself. */
  internal: 70,
  /** Stopped by the end of the terminal (SIGHUP). */
  hangup: 129,
  /** Stopped by Ctrl-C (SIGINT). */
  interrupt: 130,
  /** Stopped by SIGTERM. */
  terminate: 143,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

const NEGATIVE: ReadonlySet<ErrorCode> = new Set(["same-failure", "user-code"]);

/** The exit code that goes with an error's code. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  if (code.startsWith("storage-") || code === "no-room") return EXIT_CODES.storage;
  if (code === "conflict") return EXIT_CODES.conflict;
  if (code === "internal") return EXIT_CODES.internal;
  return NEGATIVE.has(code) ? EXIT_CODES.negative : EXIT_CODES.badInput;
}
