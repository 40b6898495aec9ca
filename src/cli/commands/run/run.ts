import type { Command } from "commander";
import type { RunHelpers } from "../../../executor/command/run-helpers.ts";
import type { CliContext } from "../../context.ts";
import { addSettings, DeclaredOption, type RunCommandOptions } from "../../settings/table.ts";

const HELP = `
A parameter is declared where its value goes, in braces: {name: low..high}, {name: a | b | c}.
Point or exponent in a bound makes a float, else an int; "log" spreads it evenly over magnitudes.
The program prints the metric, e.g. "val_loss=0.31", "val_loss: 0.31" or {"val_loss": 0.31}.
The same command again goes on with the study up to --trials; Ctrl-C stops it, nothing is lost.

Examples:
  attune run --minimize val_loss --trials 60 --workers 4 -- \\
      python train.py --lr '{lr: 1e-5..1e-1 log}' --layers '{layers: 1..6}' --optimizer '{optimizer: adam | sgd}'
  attune run study.yaml
  attune run digits --trials 100        # go on with the study called digits`;

/** `attune run`: tunes a program, from a command line, a study file or an existing study. */
export function configure(command: Command, context: CliContext): void {
  command
    .usage("[options] -- program arguments…\n       attune run [options] study.yaml\n       attune run [options] study")
    .argument("[words...]", "a study file, or the name of an existing study");
  addSettings(command, "run")
    .addOption(
      new DeclaredOption("--dry-run", "print the first three commands, ready to paste, and run nothing", {
        guide:
          "print the first three commands as they would run, ready to paste (but for [secrets](running-safely.md#secrets-in-the-command)), " +
          "and stop; nothing is created or changed",
      }),
    )
    .option("--trust-command", "run a command that was set over a server, from now on; it is shown")
    .option("--ui", "show the run in the browser as it goes on, and say the address of its page")
    .option("--json", "print the result as one JSON object")
    .option("--quiet", "print only errors and the result")
    .addHelpText("after", HELP)
    .action(async (words: readonly string[], options: RunCommandOptions) => {
      const helpers = options.dryRun ? null : await prepare();
      try {
        const { runStudy } = await import("./run-study.ts");
        context.exitWith(await runStudy(words, options, context, helpers));
      } finally {
        if (helpers !== null) {
          const { endHelpers } = await import("../../../executor/command/run-helpers.ts");
          endHelpers(helpers);
        }
      }
    });
}

/** Starts what takes a while to load, so that it does while this process loads the rest. */
async function prepare(): Promise<RunHelpers> {
  const { startHelpers } = await import("../../../executor/command/run-helpers.ts");
  const helpers = startHelpers();
  const { prepareStorage } = await import("../../../storage/prepare-storage.ts");
  prepareStorage();
  return helpers;
}
