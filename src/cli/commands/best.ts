import type { Command } from "commander";
import { heldOutStanding, judgeStudy, type StudyReport } from "../../analysis/index.ts";
import { jsonText, rawValue, recordText } from "../../record/json-text.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import { type CliContext, EXIT_CODES } from "../context.ts";
import { edgeLines, heldOutStandingLines, notInFull, reportLines } from "../render/report-lines.ts";
import { addStudyTarget } from "../settings/table.ts";
import { type BestRecord, bestRecord, frontRecord, reportOf } from "../study/study-record.ts";
import { lookAtStudy, type StudyTargetOptions } from "../study/study-target.ts";
import { commandOfTrial, printedCommandOf, valueWriterOf, widerSpaceCommand } from "../study/winning-command.ts";

const EXAMPLES = `
Examples:
  attune best digits
  attune best digits --quiet        # only the command line: sh -c "$(attune best digits --quiet)"
  attune best digits --json

Secrets of the command are printed as [redacted], by --quiet as they are, but to a terminal only.
Of a study with several objectives it prints the front, with --json one object: front, nearest; --quiet prints nothing then.
Ends with code 1 while no trial is complete, or none keeps the limits, or when --quiet would print a secret into a pipe or a file.`;

interface BestOptions extends StudyTargetOptions {
  readonly showSecrets?: boolean;
}

const HIDDEN_SECRET =
  "The command holds a secret: attune best --quiet prints it to a terminal, --show-secrets anywhere.";
const NO_PIPE =
  "the command holds a secret, which goes to a terminal only; add --show-secrets to have it printed here all the same.";

/** `attune best`: the winner, its values and its command line ready to paste. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option(
      "--json",
      "print one JSON object: number, params, values, replicates, uncertainty, confirmed, expected, candidate, heldOut, edges, command",
    )
    .option("--quiet", "print only the winner's command line")
    .option("--show-secrets", "print the secrets of the command line too")
    .addHelpText("after", EXAMPLES)
    .action(async (word: string | undefined, options: BestOptions) => {
      await lookAtStudy(context, word, options, async (study) => best(study, options, context));
    });
}

/** The command line, or the parameters where there is none; a secret only to a terminal or on demand. */
function printCommand(
  study: StudyReader,
  { number, params, command }: BestRecord,
  shown: boolean,
  { output, exitWith }: CliContext,
): void {
  const values = rawValue(valueWriterOf(study).spell(params));
  const whole = commandOfTrial(study, number) ?? jsonText(values, 0, "shown");
  if (shown || process.stdout.isTTY || whole === (command ?? jsonText(values))) output.out(whole, "with-secrets");
  else {
    output.err(`attune: ${NO_PIPE}`);
    exitWith(EXIT_CODES.negative);
  }
}

/** The front: none of its configurations is the best. */
function bestOfMany(
  study: StudyReader,
  report: StudyReport,
  options: BestOptions,
  { output, exitWith }: CliContext,
): void {
  const { name, metrics } = study;
  const shown = options.showSecrets === true;
  if (report.front.length === 0) exitWith(EXIT_CODES.negative);
  if (options.quiet === true) {
    exitWith(EXIT_CODES.negative);
    const has = `Study ${name} has ${metrics.length} objectives (${metrics.map((metric) => metric.name).join(", ")})`;
    output.err(
      `attune: ${has}, so that no configuration is the best; take the command of one that attune best --json prints.`,
    );
  } else if (options.json) {
    const record = frontRecord(report, study, shown ? commandOfTrial : printedCommandOf);
    output.out(recordText(record, valueWriterOf(study), 0, shown ? "shown" : undefined), "exact");
  } else {
    for (const line of reportLines({ ...report, failures: [] }, null, output.outPaint, [], output.outWidth))
      output.out(line);
  }
}

function best(study: StudyReader, options: BestOptions, context: CliContext): void {
  const { output, exitWith } = context;
  const trials = study.list();
  const report = reportOf(study, trials);
  if (study.metrics.length > 1) {
    bestOfMany(study, report, options, context);
    return;
  }
  const { edges } = judgeStudy(trials, study, report.winner);
  const standing = heldOutStanding(study.heldOut, trials, report.winner);
  const record = bestRecord(report, edges, standing, study);
  if (record === null) {
    const ended =
      report.counts.failed > 0 ? `; ${report.counts.failed} failed, attune show ${study.name} says why` : "";
    const part = notInFull(report.costs, study.metrics);
    const inPart = part === null ? "" : `: ${part}`;
    output.err(`attune: study ${study.name} has no complete trial with a finite value yet${inPart}${ended}.`);
    exitWith(EXIT_CODES.negative);
    return;
  }
  const isKept = record.limits?.feasible !== false;
  if (!isKept) exitWith(EXIT_CODES.negative);
  if (!isKept && options.quiet === true) {
    output.err(
      `attune: no configuration of study ${study.name} keeps its limits yet; without --quiet the nearest is shown.`,
    );
    return;
  }
  const shown = options.showSecrets === true;
  const command = shown ? commandOfTrial(study, record.number) : record.command;
  const writer = valueWriterOf(study);
  if (options.json) output.out(recordText({ ...record, command }, writer, 0, shown ? "shown" : undefined), "exact");
  else if (options.quiet) printCommand(study, record, shown, context);
  else {
    const notes = [...heldOutStandingLines(standing), ...edgeLines(edges, widerSpaceCommand(study, edges))];
    const lines = reportLines({ ...report, failures: [] }, command, output.outPaint, notes, output.outWidth);
    for (const line of lines) output.out(line, shown ? "with-secrets" : "plain");
    if (!shown && command !== commandOfTrial(study, record.number)) output.err(HIDDEN_SECRET);
  }
}
