import type { Command } from "commander";
import type { CliContext } from "../context.ts";
import type { RunCommandOptions } from "../run/run-options.ts";
import { addSettings } from "../settings/options.ts";

const HELP = `
Runs the program once, as a trial would run, with the parameters' defaults (else the middle of ranges and
the first of choices). No study is made. Ends with code 1 when the program fails or no metric is found.

Examples:
  attune try -- python train.py --lr '{lr: 1e-5..1e-1 log}'
  attune try --minimize val_loss --metric-file results.json --metric-path test.loss -- python train.py
  attune try study.yaml`;

/** `attune try`: runs a program once and shows what was understood. */
export function configure(command: Command, context: CliContext): void {
  command
    .usage("[options] -- program arguments…\n       attune try [options] study.yaml")
    .argument("[words...]", "a study file");
  addSettings(command, "try")
    .addHelpText("after", HELP)
    .action(async (words: readonly string[], options: RunCommandOptions) => {
      const { nothingToTry, tryCommand } = await import("../try/try-command.ts");
      if (words.length === 0 && context.program === null) throw nothingToTry();
      context.exitWith(await tryCommand(words, options, context));
    });
}
