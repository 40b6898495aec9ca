import { readFileSync } from "node:fs";
import { AttuneError, type SourcePosition } from "../errors.ts";
import { quoteCommand } from "../protocol/shell-quote.ts";
import { printedCommand } from "../record/secrets.ts";
import { lacksRoom, lacksSpace, noRoom } from "../storage/lacks-room.ts";
import type { SpaceChangePlan } from "../study/plan-space-change.ts";
import { EXIT_CODES, type ExitCode, exitCodeOf } from "./context.ts";
import { clip, displayWidth } from "./render/text.ts";

/** An error as the user reads it, and the code the process ends with. */
interface ErrorReport {
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

/** What an error knows of the edit that would have a space as it is asked for. */
interface WantedEdit {
  readonly study: string;
  readonly storage: string;
  readonly plan: SpaceChangePlan;
}

/** A message and what is known with it, as an error has them. */
interface Said {
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a message of a room below says, and how a command line says it with what is known of it. */
type Rule = readonly [said: RegExp, words: (known: Known, said: string, ...parts: readonly string[]) => string];

interface Known {
  readonly study?: string;
  readonly edit?: WantedEdit;
}

const RULES: readonly Rule[] = [
  [/\b[Nn]ame (?:another file|a file on a local disk)(?=[.,])/, (_, said) => `${said} with --storage`],
  [/\b([Ss])tart another under a name of its own/, (_, _said, s) => `${s}tart another with --study NAME`],
  [/\bor delete it\.$/, ({ study }, said) => (study ? `or remove it with: attune delete ${study}` : said)],
  [
    /\bgo back to what it was(?=, or start another with)/,
    ({ study }, said) => (study ? `${said}: attune run ${study}` : said),
  ],
  [/^To have it so, open the study.*$/m, ({ edit }, said) => (edit ? haveItSo(edit) : said)],
  [
    / \((was: \{ (.+?): VALUE \})\), or give it a default\./,
    ({ edit }, said, inProgram, name) =>
      edit ? `: --was ${name}=VALUE (in a program: ${inProgram}), or give it a default. ${editCommand(edit)}` : said,
  ],
  [/ \(accept: true\)/, () => " (--yes; in a program: { accept: true })"],
  [
    /^The token is missing: (.*) Give the one that came with trial (\d+); where that is gone, take the trial over\.$/,
    (_, _said, why, trial) =>
      `--token is missing: ${why} Give the token that attune ask printed with trial ${trial}; where that is gone, add --lost.`,
  ],
  [/\brun again, or insist \(keepGoing: true\)\.$/, () => "run the same command again, or insist with --keep-going."],
  [
    /^(Study ".*" has a command that was set over a server.*)$/s,
    (_, said) => `${said}\nTo have it run from now on: --trust-command`,
  ],
  [/\bread it by an expression\.$/, () => "read it with --metric-regex 'NAME=EXPRESSION'."],
  [/; name more\.$/, () => "; name more with --gpus."],
  [/\ba file in JSON or YAML\.$/, () => "a file in JSON or YAML (--params-file config.yaml)."],
];

/** A message with the options and commands that its ways out have on a command line: the rooms below name none. */
export function inOptionWords({ message, data }: Said): string {
  return RULES.reduce(
    (text, [pattern, words]) =>
      text.replace(pattern, (said, ...parts: readonly unknown[]) => words(data, said, ...parts.map(String))),
    message,
  );
}

function haveItSo(edit: WantedEdit): string {
  const [first] = edit.plan.unanswered;
  const said = first === undefined ? "" : `, or under was: (${first}: VALUE) in a study file`;
  return `To have it so: ${editCommand(edit)}${said}`;
}

/** How a text may stand behind `name: ` in YAML without quotes. */
const PLAIN = /^[\p{L}\p{N}_.+=-][^#:\n]*$/u;

/** The command line that makes a planned change of a space, ready to paste. */
export function editCommand({ study, storage, plan }: WantedEdit): string {
  const words = ["attune", "space", "edit", study];
  for (const { subject, name, before, after, renamedFrom } of plan.changes) {
    if (subject === "constraint") words.push(before === null ? "--where" : "--drop-where", name);
    else if (after === null) words.push("--drop", name);
    else
      words.push(
        before === null ? "--add" : "--set",
        `${name}: ${subject === "derived" ? quoted(`:= ${after}`) : quoted(after)}`,
      );
    if (renamedFrom !== undefined) words.push("--rename", `${renamedFrom}=${name}`);
  }
  for (const [name, value] of Object.entries(plan.carry.was)) {
    words.push("--was", `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  }
  for (const name of plan.unanswered) words.push("--was", `${name}=VALUE`);
  if (storage !== "attune.db") words.push("--storage", storage);
  return quoteCommand(words);
}

function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
