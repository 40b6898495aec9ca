import { Command } from "commander";
import { COMMANDS } from "./command-table.ts";
import type { CliContext } from "./context.ts";

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
export async function buildProgram(words: readonly string[], version: string, context: CliContext): Promise<Command> {
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
