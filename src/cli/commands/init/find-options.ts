import { existsSync } from "node:fs";
import { isAbsolute, normalize } from "node:path";
import { AttuneError } from "../../../errors.ts";
import { printableCommand } from "../../../protocol/index.ts";
import { requireProgram } from "../run/check-program.ts";
import { askPython, constantOptions, type PythonSurvey, printedConfig, surveyPython } from "./ask-python.ts";
import { type ConfigFile, leafOptions, readConfigFile } from "./config-options.ts";
import { fetchHelp } from "./fetch-help.ts";
import { headOf, locatePython, type PythonProgram } from "./locate-python.ts";
import type { ProgramOption } from "./program-option.ts";
import type { ParserReport } from "./reported-options.ts";

/** The options of a program and where they were found. */
export interface FoundOptions {
  readonly options: readonly ProgramOption[];
  /** Where they come from, for the draft's first line: `the argparse parser of`, `the help of`. */
  readonly source: string;
  /** Subcommands of which the user named none. */
  readonly commands: readonly string[];
  /** Options without which the program does not run, and which were not given. */
  readonly needed: readonly string[];
}

/** How far a program may be asked. */
interface FindSettings {
  /** True when a program that answers no question may be run without any. */
  readonly bare?: boolean;
}

/**
 * Finds the options of a program: from the parser of a Python program, else from its help; and from the config files among its words.
 *
 * @throws AttuneError `command-not-found`, or `invalid-argument` with the way out when it has none, or is not run.
 */
export async function findOptions(program: readonly string[], settings: FindSettings = {}): Promise<FoundOptions> {
  await requireProgram({ argv: program });
  const files = program.slice(1).flatMap((word) => configOf(word));
  const fromFiles = files.flatMap(({ file, leaves }) =>
    leafOptions(leaves, { flag: (path) => path, joined: true, file }),
  );
  try {
    const found = await ofProgram(program, settings);
    const files = fromFiles.length === 0 ? "" : " and the config file";
    return { ...found, options: [...found.options, ...fromFiles], source: found.source.replace(/ of$/, `${files} of`) };
  } catch (error) {
    if (fromFiles.length === 0 || !(error instanceof AttuneError) || error.code !== "invalid-argument") throw error;
    return { options: fromFiles, source: "the config file of", commands: [], needed: [] };
  }
}

/** `config.yaml`, `--config=config.yaml`; only below the working folder, where a trial can have its own. */
function configOf(word: string): readonly ConfigFile[] {
  const path = word.includes("=") ? word.slice(word.indexOf("=") + 1) : word;
  if (isAbsolute(path) || normalize(path).startsWith("..")) return [];
  const found = readConfigFile(path);
  return found === null ? [] : [found];
}

async function ofProgram(program: readonly string[], { bare = false }: FindSettings): Promise<FoundOptions> {
  const python = await locatePython(program);
  if (python === null)
    return { options: await fetchHelp(program, bare), source: "the help of", commands: [], needed: [] };
  const survey = await surveyPython(python);
  if (survey?.found === false) throw notRun(python, false);
  const constants = survey === null || python.kind !== "script" ? [] : await steering(python, survey);
  if (survey === null ? !(await mentionsParser(python)) : !hasParser(survey)) {
    if (constants.length > 0) return { options: constants, source: "the constants of", commands: [], needed: [] };
    throw notRun(python, true);
  }
  if (survey?.overrides === true && survey.libraries.length === 0) {
    return { options: constants, source: "the constants of", commands: [], needed: [] };
  }
  const { options, parsers } = await askPython(python, survey);
  const last = parsers.at(-1);
  if (last === undefined) return { options, source: "the help of", commands: [], needed: [] };
  const config =
    last.parser === "hydra" || last.parser === "jsonargparse" ? await printedConfig(python, last.parser) : null;
  const source = `the ${last.parser} parser of`;
  const all = config === null ? options : withConfig(options, config, last.parser);
  return { options: all, source, commands: last.commands, needed: neededOptions(parsers, python.words) };
}

/** The constants that steer a script; config files of the same kind among its words have the last word (nanoGPT). */
async function steering(python: PythonProgram, survey: PythonSurvey): Promise<readonly ProgramOption[]> {
  const options = constantOptions({ ...survey, file: python.target }).filter(
    ({ place }) => place === null || !(isAbsolute(place.file) || normalize(place.file).startsWith("..")),
  );
  if (!survey.overrides) return options;
  const values = new Map<string, ProgramOption>();
  for (const word of python.words.filter((word) => word.endsWith(".py") && existsSync(word))) {
    const config = await surveyPython({ ...python, target: word });
    for (const option of constantOptions({ ...config!, overrides: true })) values.set(option.flag, option);
  }
  return options.map((option) => values.get(option.flag) ?? option);
}

/** What a printed config holds is known better than what the parser says of it; Hydra's own options are none of the program's. */
function withConfig(options: readonly ProgramOption[], config: readonly ProgramOption[], parser: string) {
  if (parser === "hydra") return config;
  const known = new Map(config.map((option) => [option.flag, option]));
  const kept = options.flatMap((option) => {
    const printed = known.get(option.flag);
    known.delete(option.flag);
    const isTable = config.some(({ flag }) => flag.startsWith(`${option.flag}.`));
    if (printed === undefined) return isTable ? [] : [option];
    const typed = option.kind !== "other" && option.kind !== "text";
    return [typed ? { ...option, default: option.default ?? printed.default } : printed];
  });
  return [...kept, ...known.values()];
}

function neededOptions(parsers: readonly ParserReport[], words: readonly string[]): readonly string[] {
  const given = new Set(words.map((word) => word.split("=")[0]!));
  return parsers
    .flatMap(({ options }) => options)
    .filter(({ required, flags }) => required && flags.length > 0 && !flags.some((flag) => given.has(flag)))
    .map(({ flags }) => flags.at(-1)!);
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
  const name = printableCommand(program.kind === "module" ? ["-m", program.target] : [program.target]);
  if (!found) return new AttuneError("invalid-argument", `${name} is not there, or cannot be read; look at its path.`);
  const message = `${name} shows no sign of an option parser, in its source or in what it imports of its own, and was not run: it might begin its work. Let it take options (argparse), or give its help: attune init --help-text help.txt -- …`;
  return new AttuneError("invalid-argument", message);
}
