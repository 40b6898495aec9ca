import type { Command } from "commander";
import type { CliContext } from "../context.ts";
import { storageOption, studyOption } from "../settings/table.ts";
import { type StudyTarget, withStudy } from "../study/study-target.ts";
import { readTrialWords } from "../trial-words.ts";

/** `attune restore`: makes invalid trials count again. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("<trials...>", "numbers of trials (3, 5-8); the last or first word may name the study")
    .addOption(studyOption())
    .addOption(storageOption())
    .option("--quiet", "print only errors")
    .addHelpText("after", "\nExample:\n  attune restore 17 digits")
    .action(async (words: readonly string[], options: StudyTarget & { readonly quiet?: boolean }) => {
      const { trials, study: word } = readTrialWords(words);
      await withStudy(context, word, options, async (study) => {
        for (const trial of trials) study.trial(trial);
        for (const trial of trials) await study.restore(trial);
        if (options.quiet) return;
        const [which, count] = trials.length === 1 ? ["trial", "counts"] : ["trials", "count"];
        context.output.err(`${which} ${trials.join(", ")} of ${study.name} ${count} again`);
      });
    });
}
