import type { Command } from "commander";
import { heldOutStanding, judgeStudy, summarize } from "../../analysis/index.ts";
import { formatJson } from "../../space/index.ts";
import type { Study } from "../../study/index.ts";
import { bestRecord } from "../best-record.ts";
import type { CliContext } from "../context.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { recordText } from "../record-text.ts";
import { edgeLines } from "../render/edge-lines.ts";
import { heldOutStandingLines } from "../render/held-out-standing-lines.ts";
import { reportLines } from "../render/report-lines.ts";
import { addStudyTarget } from "../study-options.ts";
import { type StudyTargetOptions, withStudy } from "../study-target.ts";
import { valueWriterOf } from "../value-writer-of.ts";
import { widerSpaceCommand } from "../wider-space-command.ts";

const EXAMPLES = `
Examples:
  attune best digits
  attune best digits --quiet        # only the command line: sh -c "$(attune best digits --quiet)"
  attune best digits --json

Ends with code 1 while no trial is complete.`;

/** `attune best`: the winner, its values and its command line ready to paste. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option(
      "--json",
      "print one JSON object: number, params, values, replicates, uncertainty, confirmed, expected, candidate, heldOut, edges, command",
    )
    .option("--quiet", "print only the winner's command line")
    .addHelpText("after", EXAMPLES)
    .action(async (word: string | undefined, options: StudyTargetOptions) => {
      await withStudy(context, word, options, async (study) => best(study, options, context));
    });
}

function best(study: Study, options: StudyTargetOptions, { output, exitWith }: CliContext): void {
  const trials = study.trials();
  const report = summarize(trials, study.metrics, study.space);
  const { edges } = judgeStudy(trials, study, report.winner);
  const standing = heldOutStanding(study.heldOut, trials, report.winner);
  const record = bestRecord(report, edges, standing, study);
  if (record === null) {
    const ended =
      report.counts.failed > 0 ? `; ${report.counts.failed} failed, attune show ${study.name} says why` : "";
    output.err(`attune: study ${study.name} has no complete trial with a finite value yet${ended}.`);
    exitWith(EXIT_CODES.negative);
    return;
  }
  const writer = valueWriterOf(study);
  if (options.json) output.out(recordText(record, writer));
  else if (options.quiet) output.out(record.command ?? formatJson(writer.spell(record.params)));
  else {
    const notes = [...heldOutStandingLines(standing), ...edgeLines(edges, widerSpaceCommand(study, edges))];
    const lines = reportLines({ ...report, failures: [] }, record.command, output.outPaint, notes);
    for (const line of lines) output.out(line);
  }
}
