import type { Command } from "commander";
import { countWords } from "../../analysis/words/count-words.ts";
import { AttuneError } from "../../errors.ts";
import type { Study } from "../../study/index.ts";
import { type CliContext, EXIT_CODES } from "../context.ts";
import { quietly } from "../output.ts";
import { storageOption, studyOption } from "../settings/table.ts";
import { type StudyTarget, withStudy } from "../study/study-target.ts";
import { confirm } from "../terminal.ts";

interface DeleteOptions extends StudyTarget {
  readonly yes?: boolean;
  readonly quiet?: boolean;
}

/** `attune delete`: removes a study after asking. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("[study]", "the study's name")
    .addOption(studyOption("the same as an option"))
    .addOption(storageOption())
    .option("-y, --yes", "do not ask")
    .option("--quiet", "print only errors")
    .addHelpText("after", "\nExample:\n  attune delete digits")
    .action(async (word: string | undefined, options: DeleteOptions) => {
      if (word === undefined && options.study === undefined) {
        throw new AttuneError("invalid-argument", "Say which study to delete: attune delete NAME.");
      }
      await withStudy(context, word, options, async (study) => await remove(study, options, quietly(context, options)));
    });
}

async function remove(study: Study, options: DeleteOptions, { output, exitWith }: CliContext): Promise<void> {
  const what = `study ${study.name} with its ${countWords(study.views().length, "trial")} from ${study.location}`;
  if (!options.yes && !(await confirm(`Delete ${what}? [y/N] `, "delete"))) {
    output.err("Nothing was deleted.");
    exitWith(EXIT_CODES.negative);
    return;
  }
  await study.delete();
  output.err(`Deleted ${what}.`);
}
