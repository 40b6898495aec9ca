import { readFileSync } from "node:fs";
import { AttuneError, type SourcePosition } from "../errors.ts";
import { lacksRoom, lacksSpace, noRoom } from "../storage/lacks-room.ts";
import { EXIT_CODES, type ExitCode, exitCodeOf } from "./context.ts";
import { inOptionWords } from "./option-words.ts";
import { clip, displayWidth } from "./render/text.ts";
import { printedCommand } from "./secrets.ts";

/** An error as the user reads it, and the code the process ends with. */
export interface ErrorReport {
  readonly lines: readonly string[];
  readonly exitCode: ExitCode;
}

/**
 * Puts an error into words: a user's mistake as place and message with the line it is in, a fault of Attune with its stack.
 * `debug` (ATTUNE_DEBUG=1) adds the stack to the first kind too.
 */
export function reportError(thrown: unknown, debug: boolean): ErrorReport {
  const error = inWords(thrown);
  if (error instanceof AttuneError && error.code !== "internal") {
    const lines = [`attune: ${placeOf(error)}${inOptionWords(error)}`, ...excerpt(error)];
    return { lines: debug ? [...lines, ...stackOf(error)] : lines, exitCode: exitCodeOf(error.code) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    lines: [
      `attune: internal error: ${message}`,
      "This is a fault of Attune, please report it with these lines:",
      ...stackOf(error),
    ],
    exitCode: EXIT_CODES.internal,
  };
}

/** What the system refused to Attune itself is no fault of Attune. */
function inWords(thrown: unknown): unknown {
  if (isFolderGone(thrown)) return folderGone(thrown);
  if (!(thrown instanceof AttuneError) && lacksSpace(thrown)) return diskFull(thrown as Error);
  const code = lacksRoom(thrown);
  return code === null ? thrown : noRoom(code, thrown);
}

function diskFull(cause: Error): AttuneError {
  const message = `There is no room left on a disk (${cause.message}). Free some space and run the same command again.`;
  return new AttuneError("no-room", message, { cause });
}

/** The system's answer to a process whose working folder was removed. */
function isFolderGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("syscall" in error && error.syscall === "uv_cwd") || isFolderGone(error.cause);
}

function folderGone(cause: unknown): AttuneError {
  const message =
    "The working folder is gone: it was removed or moved meanwhile. Go to another one, or enter it again.";
  return new AttuneError("invalid-argument", message, { cause });
}

/** A place as `study.yaml:4:9: `, or `argument 3, column 7: ` for a text of the command line. */
function placeOf(error: AttuneError): string {
  const { position } = error;
  if (position === null) return "";
  if (position.file !== null) return `${position.file}:${position.line}:${position.column}: `;
  const { argument } = error.data;
  const word = typeof argument === "number" ? `argument ${argument}, ` : "";
  const line = position.line > 1 ? `line ${position.line}, ` : "";
  return `${word}${line}column ${position.column}: `;
}

/** The line with the fault and a mark below its column. */
function excerpt(error: AttuneError): readonly string[] {
  const { position } = error;
  if (position === null) return [];
  const text = sourceOf(position, error.data.text);
  const line = text?.split(/\r?\n/)[position.line - 1];
  if (line === undefined || line === "") return [];
  const before = line.slice(0, position.column - 1);
  if (before.length > 100) return [];
  return [`  ${clip(printedCommand(line), 120)}`, `  ${" ".repeat(displayWidth(before))}^`];
}

function sourceOf(position: SourcePosition, text: unknown): string | null {
  if (position.file === null) return typeof text === "string" ? text : null;
  try {
    return readFileSync(position.file, "utf8");
  } catch {
    // The message stands without the excerpt when the file has gone meanwhile.
    return null;
  }
}

function stackOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = error.stack?.split("\n") ?? [];
  return error.cause === undefined ? own : [...own, "caused by:", ...stackOf(error.cause)];
}
