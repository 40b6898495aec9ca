import { readFileSync } from "node:fs";
import { leafOptions, readYamlLeaves } from "../../../discovery/config-options.ts";
import type { ProgramOption } from "../../../discovery/program-option.ts";
import { readHelp } from "../../../discovery/read-help.ts";
import { type ParserReport, type Refusal, reportedOptions } from "../../../discovery/reported-options.ts";
import { AttuneError } from "../../../errors.ts";
import { printableCommand } from "../../../protocol/index.ts";
import { printedCommand } from "../../../record/secrets.ts";
import { helperPath } from "../../helper-path.ts";
import type { PythonProgram } from "./locate-python.ts";
import { type WatchedRun, watchedRun } from "./watched-run.ts";

/** A disk that cannot be written comes first; a program that cannot do without gets a passing one. */
const TRIES = [
  { question: "--help", shadow: false },
  { question: "--help", shadow: true },
  { question: "-h", shadow: false },
] as const;

/** What a Python program answered. */
interface AskedPython {
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
function watched({ interpreter, flags, kind, target, words, isolated }: PythonProgram, can = true) {
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

/** A constant at the top of a Python file. */
interface PythonConstant {
  readonly name: string;
  readonly value: number | string | boolean;
  readonly type: "int" | "float" | "str" | "bool";
  readonly comment: string;
  /** From 0; absent where it goes over several lines. */
  readonly line?: number;
  /** Columns of the value in its line, in characters from 0, the end not included. */
  readonly columns?: readonly [number, number];
}

/** What a Python program is made of, told without running it. */
export interface PythonSurvey {
  readonly version: readonly [number, number];
  /** The source, null when it was not found. */
  readonly file: string | null;
  readonly found: boolean;
  /** Libraries for options that it or what it imports of its own imports. */
  readonly libraries: readonly string[];
  /** Calls in its sources that parse a command line. */
  readonly parseCalls: number;
  /** Whether its sources look at the words of the command line themselves. */
  readonly argv: boolean;
  /** Whether there were too many sources to read all. */
  readonly cut: boolean;
  readonly constants: readonly PythonConstant[];
  /** Whether `--name=value` replaces the constants above. */
  readonly overrides: boolean;
}

/** Surveys a program with its own interpreter; null when that is older than Python 3.8 or cannot be run. */
export async function surveyPython({ interpreter, kind, target, env }: PythonProgram): Promise<PythonSurvey | null> {
  const script = helperPath("probe/_attune_probe/survey.py");
  const { out } = await watchedRun([interpreter, script, kind, target], { question: "--help", env });
  const line = out.trim().split("\n").at(-1) ?? "";
  if (!line.startsWith("{")) return null;
  return JSON.parse(line) as PythonSurvey;
}

/**
 * The constants at the top of a script as options: as `--name=value` where the script lets words replace them, else as places in
 * the script itself, for a template of it.
 */
export function constantOptions({ constants, overrides, file }: PythonSurvey): readonly ProgramOption[] {
  if (overrides) {
    const flag = (path: string): string => `--${path}`;
    return leafOptions(
      constants.map((constant) => leafOf(constant, 0)),
      {
        flag,
        joined: true,
        file: null,
        on: "True",
        off: "False",
      },
    );
  }
  if (file === null) return [];
  const starts = lineStarts(readFileSync(file, "utf8"));
  const placed = constants.filter(({ columns, line }) => columns !== undefined && line !== undefined);
  return leafOptions(
    placed.map((constant) => leafOf(constant, starts[constant.line!]!)),
    {
      flag: (path) => path,
      joined: true,
      file,
    },
  );
}

function leafOf({ name, value, type, comment, columns }: PythonConstant, start: number) {
  const [from, to] = columns ?? [0, 0];
  return { path: name, value, float: type === "float", start: start + from, end: start + to, comment, many: false };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** A word that no program has among its own: the parser is not stopped at, only the watch is kept. */
const NO_QUESTION = "--attune-asks-nothing";

/**
 * The options of a program that prints its whole config and ends: Hydra's `--cfg job`, jsonargparse's `--print_config`. Only for a
 * program whose parser has been seen to know that option. Null when it prints none.
 */
export async function printedConfig(
  program: PythonProgram,
  parser: "hydra" | "jsonargparse",
): Promise<readonly ProgramOption[] | null> {
  if (parser === "jsonargparse") {
    const leaves = await printed(program, ["--print_config"]);
    return leaves === null ? null : leafOptions(leaves, { flag: (path) => `--${path}`, joined: true, file: null });
  }
  const leaves = await printed(program, ["--cfg", "job"]);
  if (leaves === null) return null;
  const writing = { flag: (path: string) => path, joined: true, file: null };
  return [...(await groupOptions(program)), ...leafOptions(leaves, writing)];
}

async function printed(program: PythonProgram, words: readonly string[]) {
  const { out } = await watchedRun([...watched(program), ...words], { question: NO_QUESTION, env: program.env });
  return out.trim() === "" ? null : readYamlLeaves(out);
}

/** Hydra's config groups with what is chosen in each. */
async function groupOptions(program: PythonProgram): Promise<readonly ProgramOption[]> {
  const settings = { question: NO_QUESTION, env: program.env };
  const { out } = await watchedRun([...watched(program), "--help"], settings);
  const chosen = await printed(program, ["--cfg", "hydra", "--package", "hydra.runtime.choices"]);
  const section = /== Configuration groups ==\n[^\n]*\n\n([\s\S]*?)\n\n/.exec(out)?.[1] ?? "";
  return Array.from(section.matchAll(/^([\w/.-]+): (.+)$/gm), ([, name = "", list = ""]) => {
    const choices = list.split(", ");
    const now = chosen?.find(({ path }) => path === name)?.value ?? null;
    return {
      flag: name,
      flags: [name],
      // A name such as `optimizer` must not make it a choice like others.
      called: "composition",
      kind: "choice" as const,
      boolean: null,
      default: choices.find((choice) => choice === now) ?? null,
      choices,
      numbered: null,
      bounds: null,
      joined: true,
      many: false,
      description: "a config group: with another choice the values below it may be others",
      obstacle: null,
      behind: 0,
      shown: null,
      place: null,
    };
  });
}
