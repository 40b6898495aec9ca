import { Command, CommanderError } from "commander";
import { COMMANDS } from "./command-table.ts";
import { type CliContext, EXIT_CODES, type ExitCode } from "./context.ts";
import { createOutput, showNotices } from "./output.ts";
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
  const stuck = (): void => {
    output.err("attune: internal error: the command is not done, and nothing is left to wait for. Please report this.");
    exitWith(EXIT_CODES.internal);
  };
  process.once("beforeExit", stuck);
  const context: CliContext = { output, environment, program, exitWith };
  await carryOut(before, context);
  process.off("beforeExit", stuck);
}

async function carryOut(before: readonly string[], context: CliContext): Promise<void> {
  const { output, environment, exitWith } = context;
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

const ABOUT = `Finds good values for the parameters of any program, within your budget, and says how far to trust them.`;

const EXAMPLES = `
Examples:
  attune run --minimize loss --trials 60 -- python train.py --lr '{lr: 1e-5..1e-1 log}'
  attune run study.yaml
  attune show

attune COMMAND --help shows the options and an example of each command.`;

/**
 * The command tree for one call. Only the command that `words` names is loaded and configured; the others stand in the
 * list for the help and for "did you mean".
 */
async function buildProgram(words: readonly string[], version: string, context: CliContext): Promise<Command> {
  const program = new Command("attune");
  program.description(ABOUT).version(version, "-V, --version", "print the version").addHelpText("after", EXAMPLES);
  program.helpOption("-h, --help", "print this help").helpCommand("help [command]", "print the help of a command");
  program.exitOverride().configureOutput({
    writeOut: (text) => context.output.out(text.replace(/\n$/, "")),
    writeErr: (text) => context.output.err(text.replace(/\n$/, "")),
    outputError: () => undefined,
  });
  const called = words[0] === "help" ? words[1] : words[0];
  for (const entry of COMMANDS) {
    const command = program.command(entry.name).summary(entry.summary).description(capital(entry.summary));
    command.helpOption("-h, --help", "print this help");
    if (entry.name === called) (await entry.load()).configure(command, context);
  }
  return program;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

// No top-level await: some of the files that the command line is bundled into are CommonJS.
void main(process.argv.slice(2), process.env);
