import type { Command } from "commander";
import { type StudyHeldOut, type StudyReport, studyHealth, studyHeldOut } from "../../analysis/index.ts";
import { AttuneError } from "../../errors.ts";
import { readPreference } from "../../objective/index.ts";
import { jsonText, rawValue, recordText } from "../../record/json-text.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import { type CliContext, EXIT_CODES } from "../context.ts";
import { healthLines, heldOutStandingLines, notInFull, reportLines } from "../render/report-lines.ts";
import { scheduleLines } from "../render/schedule-lines.ts";
import { addStudyTarget } from "../settings/table.ts";
import { type BestRecord, bestRecord, frontRecord, reportOf } from "../study/study-record.ts";
import { lookAtStudy, type StudyTargetOptions } from "../study/study-target.ts";
import { commandOfTrial, printedCommandOf, valueWriterOf } from "../study/winning-command.ts";

const EXAMPLES = `
Examples:
  attune best digits
  attune best digits --quiet        # only the command line: sh -c "$(attune best digits --quiet)"
  attune best digits --json
  attune best desk --prefer 'sharpe: 2, drawdown: 1'
  attune best desk --prefer 'drawdown <= 0.1, then sharpe' --quiet

Secrets of the command are printed as [redacted], by --quiet as they are, but to a terminal only.
Of a study with several objectives it prints the front and its knee, with --json one object: front, nearest, knee, preferred, trades, heldOut;
--prefer names a point of it, by weights or by what comes first, and attune choose by questions; its command line --quiet prints, without
either nothing.
Ends with code 1 while no trial is complete, or none keeps the limits, or when --quiet would print a secret into a pipe or a file.`;

interface BestOptions extends StudyTargetOptions {
  readonly prefer?: string;
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
    .option(
      "--prefer <preference>",
      "of several objectives what matters: 'sharpe: 2, drawdown: 1', 'drawdown <= 0.1, then sharpe'",
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
  { number, params, command }: Pick<BestRecord, "number" | "params" | "command">,
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
  standing: StudyHeldOut | null,
  options: BestOptions,
  context: CliContext,
): void {
  const { output, exitWith } = context;
  const { name, metrics } = study;
  const shown = options.showSecrets === true;
  const preference =
    options.prefer === undefined ? study.narrowed(report.front).preference : readPreference(options.prefer, metrics);
  const found = frontRecord(report, study, shown ? commandOfTrial : printedCommandOf, preference);
  const record = { ...found, heldOut: standing };
  if (report.front.length === 0) exitWith(EXIT_CODES.negative);
  if (options.json) {
    output.out(recordText(record, valueWriterOf(study), 0, shown ? "shown" : undefined), "exact");
  } else if (options.quiet !== true) {
    const notes = heldOutStandingLines(standing);
    const lines = reportLines({ ...report, failures: [] }, null, output.outPaint, notes, output.outWidth, preference);
    for (const line of lines) output.out(line);
  } else {
    const point = record.front.find(({ number }) => number === record.preferred?.number);
    if (point !== undefined) printCommand(study, point, shown, context);
    else {
      exitWith(EXIT_CODES.negative);
      const has = `Study ${name} has ${metrics.length} objectives (${metrics.map((metric) => metric.name).join(", ")})`;
      const way =
        preference === null
          ? "say what matters, by --prefer, or choose by attune choose"
          : "and no configuration has all of them and keeps the limits";
      output.err(`attune: ${has}, so that no configuration is the best; ${way}.`);
    }
  }
}

function best(study: StudyReader, options: BestOptions, context: CliContext): void {
  const { output, exitWith } = context;
  const trials = study.list();
  const report = reportOf(study, trials);
  const standing = studyHeldOut(study.heldOut, trials, report);
  if (study.metrics.length > 1) {
    bestOfMany(study, report, standing, options, context);
    return;
  }
  if (options.prefer !== undefined) {
    const message = `Study ${study.name} has one objective, and the best by it is the best; leave out --prefer.`;
    throw new AttuneError("invalid-argument", message);
  }
  const edges = studyHealth(trials, study, report).filter(({ kind }) => kind === "edge");
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
  else if (options.quiet) {
    printCommand(study, record, shown, context);
    for (const line of scheduleLines(study, record.number)) output.err(`attune: ${line}`);
  } else {
    const notes = [
      ...heldOutStandingLines(standing),
      ...scheduleLines(study, record.number),
      ...healthLines(study, edges),
    ];
    const lines = reportLines({ ...report, failures: [] }, command, output.outPaint, notes, output.outWidth);
    for (const line of lines) output.out(line, shown ? "with-secrets" : "plain");
    if (!shown && command !== commandOfTrial(study, record.number)) output.err(HIDDEN_SECRET);
  }
}
