import { existsSync } from "node:fs";
import { AttuneError } from "../../../errors.ts";
import { printedCommand } from "../../secrets.ts";
import { headOf, isFile } from "./locate-python.ts";
import type { ProgramOption } from "./program-option.ts";
import { readHelp } from "./read-help.ts";
import { reportedOptions } from "./reported-options.ts";
import { watchedRun } from "./watched-run.ts";

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
  if (script !== null) throw notRun(script);
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

function notRun(script: string): AttuneError {
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
