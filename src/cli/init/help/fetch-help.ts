import { existsSync } from "node:fs";
import { AttuneError } from "../../../errors.ts";
import { printedCommand } from "../../secrets.ts";
import type { ProgramOption } from "../program-option.ts";
import { reportedOptions } from "../python/reported-options.ts";
import { watchedRun } from "../watched-run.ts";
import { fullerHelp } from "./fuller-help.ts";
import { isInterpreter, scriptWithoutOptions } from "./interpreted-script.ts";
import { readHelp } from "./read-help.ts";
import { wordsBehindOptions } from "./words-behind-options.ts";

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
