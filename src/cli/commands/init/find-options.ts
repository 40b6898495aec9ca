import { existsSync } from "node:fs";
import { isAbsolute, normalize } from "node:path";
import { type ConfigFile, leafOptions, readConfigFile } from "../../../discovery/config-options.ts";
import type { ProgramOption } from "../../../discovery/program-option.ts";
import { readHelp } from "../../../discovery/read-help.ts";
import { type ParserReport, reportedOptions } from "../../../discovery/reported-options.ts";
import { AttuneError } from "../../../errors.ts";
import { printableCommand } from "../../../protocol/index.ts";
import { printedCommand } from "../../../record/secrets.ts";
import { requireProgram } from "../run/check-program.ts";
import { askPython, constantOptions, type PythonSurvey, printedConfig, surveyPython } from "./ask-python.ts";
import { headOf, isFile, locatePython, type PythonProgram } from "./locate-python.ts";
import { watchedRun } from "./watched-run.ts";

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

/** What programs print their options for; tried in this order. None may begin the program's work. */
const ASKING = ["--help", "-h", "--long-help", "-help"] as const;

/**
 * The options of a program, from what it prints for `--help` (or, where that shows none, `-h`, `--long-help`, `-help`), or from the
 * Python parser that it comes to by itself (a shell script that starts Python).
 *
 * With `bare` also from what it prints when it is run with no word at all; an interpreter never is.
 *
 * @throws AttuneError `command-not-found`, or `invalid-argument` when none of these shows an option.
 */
export async function fetchHelp(program: readonly string[], bare = false): Promise<readonly ProgramOption[]> {
  const [name = "", ...words] = program;
  const script = await scriptWithoutOptions(program);
  if (script !== null) throw notRunScript(script);
  // A program that stops at its first operand reads the question only in place of it.
  const starts = words.length > 0 && !isInterpreter(name) ? [program, ...subcommand(program), [name]] : [program];
  for (const start of starts) {
    for (const asking of ASKING) {
      const { text, cut, parsers } = await watchedRun([...start, asking], { question: asking });
      if (parsers.length > 0) return reportedOptions(parsers);
      const options = readHelp(text);
      if (options.some(({ kind }) => kind !== "boolean")) {
        const behind = wordsBehindOptions(text, words);
        return (await fuller(start, text, options)).map((option) => ({ ...option, behind }));
      }
      if (cut) throw noHelp(program, `went on for a minute, or printed more than 4 MB, when asked for ${asking}`);
    }
  }
  if (bare && !isInterpreter(name)) {
    for (const start of [...subcommand(program), [name]]) {
      const options = readHelp((await watchedRun(start, { question: "--help" })).text);
      if (options.length > 0) return options;
    }
  }
  throw noHelp(program, `shows no options with ${ASKING.join(", ")}`);
}

/** A program with the word behind it alone, where that is rather a subcommand than an operand: no option, no file, no path. */
function subcommand([name = "", word = "", ...more]: readonly string[]): readonly (readonly string[])[] {
  return more.length > 0 && /^[a-z][a-z0-9_-]*$/.test(word) && !existsSync(word) ? [[name, word]] : [];
}

/** Asks once more where the help says that there is more. */
async function fuller(
  start: readonly string[],
  text: string,
  options: readonly ProgramOption[],
): Promise<readonly ProgramOption[]> {
  const asking = fullerHelp(text);
  if (asking === null) return options;
  // `do: build -h` is meant without further words.
  const words = /^--?h(?:elp)?$/.test(asking) ? start.slice(0, 1) : start;
  const more = readHelp((await watchedRun([...words, asking], { question: asking })).text);
  return more.length > options.length ? more : options;
}

function notRunScript(script: string): AttuneError {
  const message = `${script} mentions no options and no --help, and was not run: it might begin its work. Let it take options, or give its help: attune init --help-text help.txt -- …`;
  return new AttuneError("invalid-argument", message);
}

function noHelp(program: readonly string[], what: string): AttuneError {
  const advice =
    "save its help to a file and give it: attune init --help-text help.txt -- …; or --run, where it prints its options without a word";
  return new AttuneError("invalid-argument", `${printedCommand(program.join(" "))} ${what}; ${advice}`);
}

/** Flags that print more than `--help` does, where the help itself names them. */
const MORE =
  /(?:^|[\s,[|])(--(?:full-?help|hhelp|help-?full|long-?help|help-?long|help-?all|all-?help|help-?extended|extended-?help|help-?advanced|help-?verb|verbose-?help|help-?hidden|help-?more))(?=[\s,\]|:=]|$)/m;

/** What to ask a program for to see the options that its short help leaves out; null when it names no such thing. */
export function fullerHelp(text: string): string | null {
  const flag = MORE.exec(text)?.[1];
  if (flag !== undefined) return flag;
  // HMMER: `To see more help on other available options, do:` and a line below `hmmbuild -h`.
  const told =
    /\b(?:more|full|all|other|complete)\b[^.\n]*\b(?:help|options)\b[^.\n]*:?\s*\n?\s*[`'"]?[\w./-]+ (--?h(?:elp)?)[`'"]?\.?\s*$/m.exec(
      text,
    );
  if (told !== null) return told[1]!;
  // clasp: `--help[=<n>],-h : Print {1=basic|2=more|3=full} help and exit`.
  const level = /--help\[?=[^\n]*?\{[^}\n]*?(\d+)=(?:full|all)[^}\n]*\}/.exec(text)?.[1];
  return level === undefined ? null : `--help=${level}`;
}

const INTERPRETERS =
  /(?:^|\/)(?:(?:ba|da|k|z|fi)?sh|node|nodejs|deno|bun|tsx|ts-node|Rscript|R|perl|ruby|php|lua|julia|octave|guile|racket|tclsh|groovy|elixir|awk|gawk)[\d.]*$/;
/** Starters that must not be run without what they start. */
const STARTERS =
  /(?:^|\/)(?:java|mono|dotnet|env|sudo|docker|podman|make|cmake|cargo|npm|npx|uv|poetry|conda|mpirun|srun|time)$/;
/** What a script that looks at its options mentions. */
const SIGNS =
  /--help|\busage\b|getopt|optparse|argparse|ArgParse|docopt|commander|yargs|minimist|parseArgs|\bcac\b|\bmeow\b|oclif|commandArgs|GetOptions|Getopt|OptionParser|pod2usage|\$@|\$\*|\bARGV\b|\bARGS\b|\bargv\b|arguments\(\)/i;

/** Whether a program only runs what its words name: it is never asked, or run, without them. */
function isInterpreter(name: string): boolean {
  return INTERPRETERS.test(name) || STARTERS.test(name);
}

/** The script of an interpreter that shows no sign of looking at its options, and would begin its work; null when it does, or is no script. */
async function scriptWithoutOptions(program: readonly string[]): Promise<string | null> {
  const [name = "", ...words] = program;
  if (!INTERPRETERS.test(name)) return null;
  for (const word of words) {
    if (word.startsWith("-")) {
      if (/^-[ce]$/.test(word)) return null;
      continue;
    }
    if (!(await isFile(word))) continue;
    return SIGNS.test(await headOf(word, 1_000_000)) ? null : word;
  }
  return null;
}

/**
 * How many of a program's words stand behind its options: where its usage line puts `[options]` before its operands, those of the
 * user stay behind (many C programs stop at the first operand). Words that the usage line repeats (a subcommand) stay before.
 */
export function wordsBehindOptions(help: string, words: readonly string[]): number {
  const usage = /^[^\S\r\n]*usage:?\s*(.+)$/im.exec(help)?.[1];
  if (usage === undefined) return 0;
  const [, ...parts] = usage.trim().split(/\s+/);
  let matched = 0;
  while (matched < words.length && parts[matched] === words[matched]) matched++;
  const [options = "", ...operands] = parts.slice(matched);
  const isOptions = /^[[<(]?-?-?(?:options?|opts?|flags?|switches)[\])>]?(?:\.\.\.|…)?\]?$/i.test(options);
  const hasOperands = operands.some((part) => !part.startsWith("-") && !/^\[?-/.test(part));
  return isOptions && hasOperands ? words.length - matched : 0;
}
