import type { Command } from "commander";
import { AttuneError } from "../../errors.ts";
import type { Study, Told } from "../../study/index.ts";
import type { CliContext } from "../context.ts";
import { formatNumber } from "../render/format-number.ts";
import { readCount } from "../study-file/setting.ts";
import { type StudyTarget, withStudy } from "../study-target.ts";
import { readTold } from "../told-values.ts";

interface TellOptions extends StudyTarget {
  readonly token?: string;
  readonly failed?: boolean;
  readonly message?: string;
  readonly quiet?: boolean;
}

const HELP = `
Examples:
  attune tell 7 0.31 --token TOKEN
  attune tell 7 loss=0.31 accuracy=0.93 --token TOKEN digits
  attune tell 7 --failed --message "out of memory" --token TOKEN`;

/** `attune tell`: hands in how an asked trial ended. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("<trial>", "the trial's number")
    .argument("[values...]", "its value, or values as name=value; the last word may name the study")
    .option("--token <token>", "the token that attune ask printed")
    .option("--failed", "the trial failed")
    .option("--message <text>", "why it failed")
    .option("--study <name>", "the study (may be left out when the storage holds one)")
    .option("--storage <file-or-url>", "where studies are kept (default: ATTUNE_STORAGE or attune.db)")
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (number: string, words: readonly string[], options: TellOptions) => {
      const trial = readCount({ value: number, label: "The trial's number", position: null }, 0);
      if (options.token === undefined) {
        throw new AttuneError(
          "invalid-argument",
          "--token is missing; give the token that attune ask printed with the trial.",
        );
      }
      const { told, study: word } = readTold(words, options);
      await withStudy(context, word, options, async (study) => {
        await study.tell(trial, told, { token: options.token });
        await study.refresh();
        if (!options.quiet) context.output.err(confirmation(study, trial, told));
      });
    });
}

function confirmation(study: Study, number: number, told: Told): string {
  const { state, message } = study.trial(number);
  if (typeof told === "object" && "failed" in told) return `trial ${number} of ${study.name}: failed`;
  if (state === "failed") return `trial ${number} of ${study.name}: failed. ${message ?? ""}`;
  const values = Object.entries(study.trial(number).values).map(([name, value]) => `${name} ${formatNumber(value)}`);
  return `trial ${number} of ${study.name}: ${values.join(", ")}`;
}
