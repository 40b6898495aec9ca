import { AttuneError } from "../../errors.ts";
import { printableCommand } from "../../protocol/index.ts";
import { requireProgram } from "../run/require-program.ts";
import { fetchHelp } from "./help/fetch-help.ts";
import type { ProgramOption } from "./program-option.ts";
import { askPython } from "./python/ask-python.ts";
import { headOf } from "./python/find-executable.ts";
import { locatePython } from "./python/locate-python.ts";
import type { PythonProgram } from "./python/python-program.ts";
import { type PythonSurvey, surveyPython } from "./python/survey-python.ts";

/** The options of a program and where they were found. */
export interface FoundOptions {
  readonly options: readonly ProgramOption[];
  /** Where they come from, for the draft's first line: `the argparse parser of`, `the help of`. */
  readonly source: string;
  /** Subcommands of which the user named none. */
  readonly commands: readonly string[];
}

/**
 * Finds the options of a program: from the parser of a Python program, else from its help.
 *
 * @throws AttuneError `command-not-found`, or `invalid-argument` with the way out when it has none, or is not run.
 */
export async function findOptions(program: readonly string[]): Promise<FoundOptions> {
  await requireProgram({ argv: program });
  const python = await locatePython(program);
  if (python === null) return { options: await fetchHelp(program), source: "the help of", commands: [] };
  const survey = await surveyPython(python);
  if (survey === null ? !(await mentionsParser(python)) : !hasParser(survey))
    throw notRun(python, survey?.found ?? true);
  const { options, parsers } = await askPython(python, survey);
  const last = parsers.at(-1);
  if (last === undefined) return { options, source: "the help of", commands: [] };
  return { options, source: `the ${last.parser} parser of`, commands: last.commands };
}

function hasParser({ libraries, argv, cut, parseCalls }: PythonSurvey): boolean {
  return libraries.length > 0 || argv || cut || parseCalls > 0;
}

/** Where Python is too old to be surveyed: whether the script's text speaks of options. */
async function mentionsParser({ kind, target }: PythonProgram): Promise<boolean> {
  if (kind === "module") return true;
  const source = kind === "code" ? target : await headOf(target, 1_000_000);
  return /\b(?:argparse|optparse|getopt|click|typer|fire|docopt|absl|sys\.argv|entry_point)\b|--help/.test(source);
}

function notRun(program: PythonProgram, found: boolean): AttuneError {
  const name = printableCommand([program.kind === "module" ? `-m ${program.target}` : program.target]);
  if (!found) return new AttuneError("invalid-argument", `${name} is not there, or cannot be read; look at its path.`);
  const message = `${name} shows no sign of an option parser, in its source or in what it imports of its own, and was not run: it might begin its work. Let it take options (argparse), or give its help: attune init --help-text help.txt -- …`;
  return new AttuneError("invalid-argument", message);
}
