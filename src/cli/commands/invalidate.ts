import type { Command } from "commander";
import type { CliContext } from "../context.ts";
import { storageOption, studyOption } from "../settings/table.ts";
import { type StudyTarget, withStudy } from "../study/study-target.ts";
import { readTrialWords } from "../trial-words.ts";

interface InvalidateOptions extends StudyTarget {
  readonly reason?: string;
  readonly quiet?: boolean;
}

const HELP = `
An invalid trial stays in the log but is seen by no sampler, counts against no budget and cannot win;
attune restore lifts it again.

Examples:
  attune invalidate 17 --reason "the data was wrong"
  attune invalidate 3 8-12 digits`;

/** `attune invalidate`: hides trials from samplers, winners and the budget. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("<trials...>", "numbers of trials (3, 5-8); the last or first word may name the study")
    .option("--reason <text>", "why")
    .addOption(studyOption())
    .addOption(storageOption())
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (words: readonly string[], options: InvalidateOptions) => {
      const { trials, study: word } = readTrialWords(words);
      await withStudy(context, word, options, async (study) => {
        for (const trial of trials) study.trial(trial);
        for (const trial of trials) await study.invalidate(trial, options.reason ?? null);
        if (options.quiet) return;
        const [which, are] = trials.length === 1 ? ["trial", "is"] : ["trials", "are"];
        context.output.err(
          `${which} ${trials.join(", ")} of ${study.name} ${are} marked invalid; attune restore lifts it`,
        );
      });
    });
}
