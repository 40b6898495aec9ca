import type { Command } from "commander";
import { paramsLine } from "../../analysis/words/params-line.ts";
import { jsonText } from "../../record/json-text.ts";
import { whySentences } from "../../record/why-sentences.ts";
import type { Study, SuggestionExplanation } from "../../study/index.ts";
import { type CliContext, EXIT_CODES } from "../context.ts";
import { storageOption, studyOption } from "../settings/table.ts";
import { type StudyTarget, withStudy } from "../study/study-target.ts";
import { readTrialWords } from "../trial-words.ts";

interface WhyOptions extends StudyTarget {
  readonly json?: boolean;
}

/** `attune why`: how trials came to be suggested, recomputed from what the sampler saw, and what the scheduler decided about them. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("<words...>", "the study if it is named, and numbers of trials (3, 5-8)")
    .addOption(studyOption())
    .addOption(storageOption())
    .option("--json", "print one JSON object a line: trial, sampler, why, equal, decisions")
    .addHelpText("after", "\nExample:\n  attune why digits 17")
    .action(async (words: readonly string[], options: WhyOptions) => {
      const { trials, study: word } = readTrialWords(words);
      await withStudy(context, word, options, async (study) => {
        for (const explained of await study.why(trials)) {
          const { decisions } = study.trial(explained.trial);
          if (options.json)
            context.output.out(jsonText({ ...explained, ...(decisions !== undefined && { decisions }) }), "exact");
          else for (const line of whyLines(explained, study)) context.output.out(line);
          if (!explained.equal) context.exitWith(EXIT_CODES.negative);
        }
      });
    });
}

/** The explanation of a suggestion in sentences, and how the trial came out. */
export function whyLines(explained: SuggestionExplanation, study: Pick<Study, "metrics" | "trial">): readonly string[] {
  const trial = study.trial(explained.trial);
  const sentences = whySentences(explained, trial, study.metrics);
  return [`trial ${trial.number}: ${paramsLine(trial.params)}`, ...sentences.map((sentence) => `  ${sentence}`)];
}
