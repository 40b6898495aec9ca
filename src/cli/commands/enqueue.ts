import type { Command } from "commander";
import { paramsLine } from "../../analysis/words/params-line.ts";
import { AttuneError } from "../../errors.ts";
import { recordText } from "../../record/json-text.ts";
import type { CliContext } from "../context.ts";
import { storageOption, studyOption } from "../settings/table.ts";
import { type StudyTargetOptions, withStudy } from "../study/study-target.ts";
import { valueWriterOf } from "../study/winning-command.ts";

const HELP = `
Parameters left out take their default; those without one are asked for.

Examples:
  attune enqueue lr=0.001 layers=3 optimizer=adam
  attune enqueue digits lr=0.001 layers=3 optimizer=adam`;

/** `attune enqueue`: has a configuration of the user's tried next. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("[words...]", "values as name=value; a word without = names the study")
    .addOption(studyOption())
    .addOption(storageOption())
    .option("--json", "print one JSON object: number, params")
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (words: readonly string[], options: StudyTargetOptions) => {
      const { params, study: word } = readWords(words);
      await withStudy(context, word, options, async (study) => {
        const number = await study.enqueue(params);
        await study.refresh();
        const { params: complete } = study.trial(number);
        if (options.json) context.output.out(recordText({ number, params: complete }, valueWriterOf(study)), "exact");
        else if (!options.quiet) context.output.err(`trial ${number} of ${study.name} waits: ${paramsLine(complete)}`);
      });
    });
}

function readWords(words: readonly string[]): { params: Record<string, string>; study: string | undefined } {
  const names = words.filter((word) => !word.includes("="));
  if (names.length > 1) {
    throw new AttuneError(
      "invalid-argument",
      `"${names.join('", "')}" hold no =; write values as name=value and at most one study.`,
    );
  }
  const pairs = words.filter((word) => word.includes("=")).map((word) => split(word));
  const twice = pairs.find(([name], place) => pairs.findIndex(([other]) => other === name) !== place);
  if (twice !== undefined) throw new AttuneError("invalid-argument", `${twice[0]} is given twice.`);
  return { params: Object.fromEntries(pairs), study: names[0] };
}

function split(word: string): readonly [string, string] {
  const at = word.indexOf("=");
  if (at === 0) throw new AttuneError("invalid-argument", `"${word}" has no name in front of the =.`);
  return [word.slice(0, at), word.slice(at + 1)];
}
