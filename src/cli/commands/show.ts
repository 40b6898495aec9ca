import type { Command } from "commander";
import { heldOutStanding, judgeStudy, summarize } from "../../analysis/index.ts";
import { processState } from "../../executor/process-identity.ts";
import { unitWords } from "../../protocol/unit-words.ts";
import type { Study } from "../../study/index.ts";
import type { Trial } from "../../trial/trial.ts";
import type { CliContext } from "../context.ts";
import { jsonText } from "../json-text.ts";
import { olderWritingNote } from "../older-writing-note.ts";
import { olderReaderNote } from "../reader-of-study.ts";
import { recordText } from "../record-text.ts";
import { glyphsFor } from "../render/glyphs.ts";
import { progressLines } from "../render/progress-lines.ts";
import { reportLines } from "../render/report-lines.ts";
import { reportNotes } from "../report-notes.ts";
import { DeclaredOption } from "../settings/options.ts";
import { addStudyTarget } from "../study-options.ts";
import { studyRecord } from "../study-record.ts";
import { type StudyTargetOptions, withStudy } from "../study-target.ts";
import { valueWriterOf } from "../value-writer-of.ts";
import { printedCommandOf } from "../winning-command.ts";

/** Columns of a figure. */
const LEAST_WIDTH = 40;
const MOST_WIDTH = 100;

interface ShowOptions extends StudyTargetOptions {
  readonly plot?: string;
}

const HELP = `
Examples:
  attune show digits
  attune show digits --plot history,importance
  attune show digits --plot slice --json | jq '.slices[].name'`;

/** `attune show`: best values, their lead, what failed, how far the study is. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .addOption(
      new DeclaredOption(
        "--plot <figures>",
        "draw history, slice, parallel, importance or timeline instead; several with commas",
        { words: "figures" },
      ),
    )
    .option("--json", "print one JSON object; with --plot the data of each figure on a line")
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: ShowOptions) => {
      await withStudy(context, word, options, async (study) => {
        if (options.plot === undefined) show(study, options, context);
        else await plot(study, options.plot, options.json === true, context);
      });
    });
}

async function plot(study: Study, names: string, json: boolean, { output, environment }: CliContext): Promise<void> {
  const { drawFigure, figureOf, readPlotNames } = await import("../render/plots/draw-plot.ts");
  const style = {
    width: Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, output.outWidth)),
    glyphs: glyphsFor(environment),
    paint: output.outPaint,
    now: Date.now(),
  };
  for (const [place, name] of readPlotNames(names).entries()) {
    const figure = figureOf(name, study);
    if (json) output.out(jsonText(figure), "exact");
    else for (const line of [...(place === 0 ? [] : [""]), ...drawFigure(figure, style)]) output.out(line);
  }
}

function show(study: Study, options: StudyTargetOptions, { output }: CliContext): void {
  const trials = study.list();
  const report = summarize(trials, study.metrics, study.space);
  const judgements = judgeStudy(trials, study, report.winner);
  const standing = heldOutStanding(study.heldOut, trials, report.winner);
  if (options.json) {
    output.out(recordText(studyRecord(report, judgements, standing, study), valueWriterOf(study)), "exact");
    return;
  }
  const metrics = study.metrics.map(({ name, direction }) => `${direction} ${name}`).join(", ");
  const paint = output.outPaint;
  output.out(
    `study    ${paint.bold(study.name)}  ${metrics}, sampler ${study.settings.sampler.name}, seed ${study.seed}, in ${study.location}`,
  );
  const reader = olderReaderNote(study);
  if (reader !== null) output.out(`reader   ${reader}`);
  for (const { name } of study.metrics) {
    const unit = study.unitOf(name) ?? null;
    if (unit !== null) output.out(`unit     ${name} ${unitWords(unit)}, converted from what the program printed`);
  }
  const writing = olderWritingNote(study);
  if (writing !== null) output.out(`values   ${writing}`);
  for (const line of progressLines(report, trials, Date.now(), isGone)) output.out(line);
  const again = report.winner === null ? null : printedCommandOf(study, report.winner.number);
  for (const line of reportLines(report, again, paint, reportNotes(study, judgements, standing))) output.out(line);
}

/** The process that ran the trial died without a word; the next run takes the trial back. */
function isGone(trial: Trial): boolean {
  const owner = trial.segments.at(-1)?.attempts.at(-1)?.owner;
  return owner?.kind === "leased" && owner.process !== null && processState(owner.process) === "dead";
}
