import type { Command } from "commander";
import { NOTE_KEY, noteOf } from "../../analysis/field/trial-field.ts";
import { AttuneError } from "../../errors.ts";
import type { CliContext } from "../context.ts";
import { readCount } from "../settings/given-setting.ts";
import { storageOption, studyOption } from "../settings/table.ts";
import { type StudyTarget, withStudy } from "../study/study-target.ts";

interface NoteOptions extends StudyTarget {
  readonly quiet?: boolean;
  readonly remove?: boolean;
}

const HELP = `
The note is shown by attune trials and exported with the trial. Without a text it is printed.

Examples:
  attune note 17 "loss spikes at epoch 4, see the plot" digits
  attune note 17
  attune note 17 --study digits     # a last word would be taken for the note
  attune note 17 --remove`;

/** `attune note`: writes a note on a trial, or prints it. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("<trial>", "the trial's number")
    .argument("[text]", "the note; left out: print it")
    .argument("[study]", "the study's name; may be left out when the storage holds one study")
    .option("--remove", "take the note away")
    .addOption(studyOption("the same as an option"))
    .addOption(storageOption())
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (number: string, text: string | undefined, word: string | undefined, options: NoteOptions) => {
      const trial = readCount({ value: number, label: "The trial's number", position: null }, 0);
      if (options.remove && text !== undefined && word !== undefined) {
        throw new AttuneError("invalid-argument", "Both a text and --remove are given; give one.");
      }
      const target = options.remove ? (word ?? text) : word;
      await withStudy(context, target, options, async (study) => {
        const { output } = context;
        const known = noteOf(study.trial(trial));
        if (!options.remove && text === undefined) {
          if (known === null) output.err(`There is no note on trial ${trial} of ${study.name}.`);
          else output.out(known);
          return;
        }
        await study.setAttribute(trial, NOTE_KEY, options.remove ? null : (text ?? null));
        if (!options.quiet)
          output.err(`note on trial ${trial} of ${study.name} ${options.remove ? "removed" : "written"}`);
      });
    });
}
