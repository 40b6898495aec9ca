import { AttuneError } from "../../../errors.ts";
import type { ProgramOption } from "../program-option.ts";
import { reportedOptions } from "../python/reported-options.ts";
import { watchedRun } from "../watched-run.ts";
import { readHelp } from "./read-help.ts";

/** What programs print their options for; tried in this order. None may begin the program's work. */
const ASKING = ["--help", "-h", "--long-help", "-help"] as const;

/**
 * The options of a program, from what it prints for `--help` (or, where that shows none, `-h`, `--long-help`, `-help`), or from the
 * Python parser that it comes to by itself (a shell script that starts Python).
 *
 * @throws AttuneError `command-not-found`, or `invalid-argument` when none of these shows an option.
 */
export async function fetchHelp(program: readonly string[]): Promise<readonly ProgramOption[]> {
  for (const asking of ASKING) {
    const { text, cut, parsers } = await watchedRun([...program, asking], { question: asking });
    const options = parsers.length > 0 ? reportedOptions(parsers) : readHelp(text);
    if (options.some(({ kind }) => kind !== "boolean")) return options;
    if (cut) throw noHelp(program, `went on for a minute, or printed more than 4 MB, when asked for ${asking}`);
  }
  throw noHelp(program, `shows no options with ${ASKING.join(", ")}`);
}

function noHelp(program: readonly string[], what: string): AttuneError {
  const advice = "save its help to a file and give it: attune init --help-text help.txt -- …";
  return new AttuneError("invalid-argument", `${program.join(" ")} ${what}; ${advice}`);
}
