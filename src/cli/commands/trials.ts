import type { Command } from "commander";
import type { Study } from "../../study/index.ts";
import type { CliContext } from "../context.ts";
import { trialTable } from "../render/trial-table.ts";
import { addStudyTarget } from "../study-options.ts";
import { type StudyTargetOptions, withStudy } from "../study-target.ts";
import { trialRecord } from "../trial-record.ts";

const EXAMPLES = `
Examples:
  attune trials digits
  attune trials digits --json | jq 'select(.state == "complete") | .values'`;

/** `attune trials`: all trials as a table, or one JSON object a line. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("--json", "print one JSON object a line")
    .addHelpText("after", EXAMPLES)
    .action(async (word: string | undefined, options: StudyTargetOptions) => {
      await withStudy(context, word, options, async (study) => list(study, options, context));
    });
}

function list(study: Study, options: StudyTargetOptions, { output }: CliContext): void {
  const trials = study.trials();
  if (options.json) {
    for (const trial of trials) output.out(JSON.stringify(trialRecord(trial)));
    return;
  }
  if (trials.length === 0) output.err(`Study ${study.name} has no trials yet.`);
  else for (const line of trialTable(trials, study, output.outWidth)) output.out(line);
}
