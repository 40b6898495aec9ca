import type { Command } from "commander";
import { summarize } from "../../analysis/index.ts";
import type { Study } from "../../study/index.ts";
import type { CliContext } from "../context.ts";
import { progressLines } from "../render/progress-lines.ts";
import { reportLines } from "../render/report-lines.ts";
import { addStudyTarget } from "../study-options.ts";
import { studyRecord } from "../study-record.ts";
import { type StudyTargetOptions, withStudy } from "../study-target.ts";
import { commandOfTrial } from "../winning-command.ts";

/** `attune show`: best values, their lead, what failed, how far the study is. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExample:\n  attune show digits")
    .action(async (word: string | undefined, options: StudyTargetOptions) => {
      await withStudy(context, word, options, async (study) => show(study, options, context));
    });
}

function show(study: Study, options: StudyTargetOptions, { output }: CliContext): void {
  const trials = study.trials();
  const report = summarize(trials, study.metrics, study.space);
  if (options.json) {
    output.out(JSON.stringify(studyRecord(report, study)));
    return;
  }
  const metrics = study.metrics.map(({ name, direction }) => `${direction} ${name}`).join(", ");
  const paint = output.outPaint;
  output.out(
    `study    ${paint.bold(study.name)}  ${metrics}, sampler ${study.settings.sampler.name}, seed ${study.seed}, in ${study.location}`,
  );
  for (const line of progressLines(report, trials, Date.now())) output.out(line);
  const again = report.winner === null ? null : commandOfTrial(study, report.winner.number);
  for (const line of reportLines(report, again, paint)) output.out(line);
}
