import { AttuneError } from "../../../errors.ts";
import { printableCommand } from "../../../protocol/index.ts";
import { helperPath } from "../../helper-path.ts";
import { printedCommand } from "../../secrets.ts";
import { readHelp } from "../help/read-help.ts";
import type { ProgramOption } from "../program-option.ts";
import { type WatchedRun, watchedRun } from "../watched-run.ts";
import type { ParserReport, Refusal } from "./parser-report.ts";
import type { PythonProgram } from "./python-program.ts";
import { reportedOptions } from "./reported-options.ts";
import type { PythonSurvey } from "./survey-python.ts";

/** A disk that cannot be written comes first; a program that cannot do without gets a passing one. */
const TRIES = [
  { question: "--help", shadow: false },
  { question: "--help", shadow: true },
  { question: "-h", shadow: false },
] as const;

/** What a Python program answered. */
export interface AskedPython {
  readonly options: readonly ProgramOption[];
  /** The parsers met; none when only its help was read. */
  readonly parsers: readonly ParserReport[];
}

/**
 * Asks a Python program for its options: it runs, watched, up to its parser. The question for help stays among its words, so that one
 * whose parser is not met prints its help and does not begin its work; that help is read then.
 *
 * @throws AttuneError `invalid-argument` when it comes to no parser and shows no options.
 */
export async function askPython(program: PythonProgram, survey: PythonSurvey | null): Promise<AskedPython> {
  const settings = { oneParse: survey?.parseCalls === 1, env: program.env };
  let first: WatchedRun | null = null;
  // Older than 3.8, an interpreter lets no one watch: it is asked once.
  for (const { question, shadow } of survey === null ? TRIES.slice(0, 1) : TRIES) {
    if (shadow && !first!.refusals.some(({ refused }) => refused === "write")) continue;
    const ran = await watchedRun([...watched(program, survey !== null), question], { ...settings, question, shadow });
    if (ran.parsers.length > 0) return { options: reportedOptions(ran.parsers), parsers: ran.parsers };
    const options = readHelp(ran.text);
    if (options.some(({ kind }) => kind !== "boolean")) return { options, parsers: [] };
    first ??= ran;
    if (ran.cut) break;
  }
  throw unanswered(program, first!);
}

/** The words that start the program with the watch in place. */
export function watched({ interpreter, flags, kind, target, words, isolated }: PythonProgram, can = true) {
  if (!isolated || !can) {
    const start = kind === "module" ? ["-m", target] : kind === "code" ? ["-c", target] : [target];
    return [interpreter, ...flags, ...start, ...words];
  }
  const folder = JSON.stringify(helperPath("probe"));
  const boot = `import sys; sys.path.insert(0, ${folder}); from _attune_probe.boot import main; sys.path.remove(${folder}); main(sys.argv[1], sys.argv[2], sys.argv[3:])`;
  return [interpreter, ...flags, "-c", boot, kind === "entry" ? "script" : kind, target, ...words];
}

function unanswered(program: PythonProgram, { text, cut, refusals }: WatchedRun): AttuneError {
  const name = printedCommand(printableCommand([program.target, ...program.words]));
  const advice = "save its help to a file and give it: attune init --help-text help.txt -- …";
  const met = `${name} came to no option parser that is known (argparse, click, typer, optparse, absl, fire) and showed no help`;
  const why = cut ? " within a minute" : refused(refusals) || complaint(text);
  return new AttuneError("invalid-argument", `${met}${why}; ${advice}`);
}

function refused(refusals: readonly Refusal[]): string {
  const [first] = refusals;
  if (first === undefined) return "";
  const [verb, what] = {
    write: ["write", first.what],
    start: ["start", first.what],
    connect: ["make", "a connection"],
    signal: ["signal", `process ${first.what}`],
  }[first.refused]!;
  return ` (before that it wanted to ${verb} ${what}, which init refuses)`;
}

/** The last line of a program that ended in an error. */
function complaint(text: string): string {
  const last = text.trim().split("\n").at(-1)?.trim() ?? "";
  return /^\w[\w.]*(?:Error|Exception|Interrupt)\b/.test(last) ? ` (${last.slice(0, 200)})` : "";
}
