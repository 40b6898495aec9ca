import { CommanderError } from "commander";
import { COMMANDS } from "./command-table.ts";
import type { CliContext } from "./context.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import { showNotices } from "./notices.ts";
import { createOutput } from "./output.ts";
import { buildProgram } from "./program.ts";
import { attuneVersion } from "./version.ts";

/** Commands that take a program behind `--`. */
const TAKE_PROGRAM: ReadonlySet<string | undefined> = new Set(["run", "try", "init", "confirm"]);

/** Runs the command line with the words behind `attune`; the process ends by itself with the exit code set. */
async function main(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const output = createOutput(environment);
  const { before, program } = splitAtProgram(words);
  const exitWith = (code: ExitCode): void => {
    process.exitCode = code;
  };
  showNotices((line) => output.err(`attune: ${line}`));
  const context: CliContext = { output, environment, program, exitWith };
  const command = await buildProgram(before, attuneVersion(), context);
  if (before.length === 0) {
    command.outputHelp();
    return;
  }
  try {
    await command.parseAsync(before, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) exitWith(usageError(error, before[0], output.err));
    else {
      const { reportError } = await import("./report-error.ts");
      const { lines, exitCode } = reportError(error, environment.ATTUNE_DEBUG === "1");
      for (const line of lines) output.err(line);
      exitWith(exitCode);
    }
  } finally {
    output.finish();
  }
}

/** `attune run … -- program args`: everything behind the first `--` belongs to the program, untouched. */
function splitAtProgram(words: readonly string[]): { before: readonly string[]; program: readonly string[] | null } {
  const at = TAKE_PROGRAM.has(words[0]) ? words.indexOf("--") : -1;
  return at < 0 ? { before: words, program: null } : { before: words.slice(0, at), program: words.slice(at + 1) };
}

function usageError(error: CommanderError, command: string | undefined, write: (line: string) => void): ExitCode {
  if (error.exitCode === 0) return EXIT_CODES.ok;
  const known = COMMANDS.some(({ name }) => name === command);
  // `attune help nothing` and `attune space` have printed the list of commands.
  const listed = known ? `attune ${command} takes one of the commands above` : "unknown command";
  const text = error.code === "commander.help" ? listed : error.message;
  write(
    `attune: ${text
      .replace(/^error: /, "")
      .replace(/\n\(?/, ". ")
      .replace(/\)$/, "")}`,
  );
  write(`See attune ${known ? `${command} ` : ""}--help.`);
  return EXIT_CODES.badInput;
}

await main(process.argv.slice(2), process.env);
