import type { Command } from "commander";
import type { CliContext } from "../context.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { jsonText } from "../json-text.ts";
import { whyLines } from "../render/why-lines.ts";
import { storageOption, studyOption } from "../study-options.ts";
import { type StudyTarget, withStudy } from "../study-target.ts";
import { readTrialWords } from "../trial-numbers.ts";

interface WhyOptions extends StudyTarget {
  readonly json?: boolean;
}

/** `attune why`: how trials came to be suggested and what the sampler expected of them, recomputed from what it saw. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("<words...>", "the study if it is named, and numbers of trials (3, 5-8)")
    .addOption(studyOption())
    .addOption(storageOption())
    .option("--json", "print one JSON object a line: trial, sampler, why, equal")
    .addHelpText("after", "\nExample:\n  attune why digits 17")
    .action(async (words: readonly string[], options: WhyOptions) => {
      const { trials, study: word } = readTrialWords(words);
      await withStudy(context, word, options, async (study) => {
        for (const explained of await study.why(trials)) {
          if (options.json) context.output.out(jsonText(explained), "exact");
          else for (const line of whyLines(explained, study)) context.output.out(line);
          if (!explained.equal) context.exitWith(EXIT_CODES.negative);
        }
      });
    });
}
