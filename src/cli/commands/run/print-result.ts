import { heldOutStanding, judgeStudy, type StudyReport } from "../../../analysis/index.ts";
import { quoteWord } from "../../../protocol/shell-quote.ts";
import type { Study } from "../../../study/index.ts";
import { recordText } from "../../json-text.ts";
import type { Output } from "../../output.ts";
import { reportLines, reportNotes } from "../../render/report-lines.ts";
import { storageWords } from "../../study/storage-location.ts";
import { reportOf, studyRecord } from "../../study/study-record.ts";
import { printedCommandOf, valueWriterOf } from "../../study/winning-command.ts";
import type { TuningEnd } from "./tune-study.ts";

/** How the result is wanted. */
interface ResultOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly trials: number | null;
}

/** Prints what a run has found to standard output, and what can be done next to standard error. */
export function printResult(study: Study, end: TuningEnd, options: ResultOptions, output: Output): void {
  const trials = study.list();
  const report = reportOf(study, trials);
  const judgements = judgeStudy(trials, study, report.winner);
  const standing = heldOutStanding(study.heldOut, trials, report.winner);
  if (options.json) {
    const { reason, counted, ran } = end.summary;
    const { seconds } = end;
    const record = {
      ...studyRecord(report, judgements, standing, study),
      reason,
      trials: options.trials,
      counted,
      ran,
      seconds,
    };
    output.out(recordText(record, valueWriterOf(study)), "exact");
    return;
  }
  if (trials.length === 0) {
    output.out(`Study ${study.name} is ready in ${study.location}; no trial has been run yet.`);
    return;
  }
  const command = report.winner === null ? null : printedCommandOf(study, report.winner.number);
  const notes = reportNotes(study, judgements, standing);
  for (const line of reportLines(report, command, output.outPaint, notes, output.outWidth)) output.out(line);
  if (options.quiet) return;
  output.err("");
  for (const line of nextSteps(study, end, options, report)) output.err(line);
}

function nextSteps(
  study: Study,
  { summary: { reason, counted } }: TuningEnd,
  { trials }: ResultOptions,
  { winner, failures }: StudyReport,
): readonly string[] {
  const where = storageWords(study.location);
  const name = quoteWord(study.name);
  const steps = [`attune trials ${name}${where}   all trials`];
  const failed = failures[0]?.last;
  if (failed !== undefined) steps.unshift(`attune log ${failed} ${name}${where}   what the failed trial printed`);
  if (winner !== null && ((winner.replicates === 1 && winner.runnerUp !== null) || winner.candidate !== null))
    steps.unshift(`attune confirm ${name}${where}   runs the best and its rivals again, before you believe it`);
  if (reason === "stopped" || reason === "killed") steps.push("the same command again   goes on");
  if (reason === "same-failure") steps.push(`attune delete ${name}${where}   before another command under this name`);
  if (reason === "timeout") steps.push("the same command with a longer --timeout   goes on");
  if (reason === "target") steps.push("the same command with another --target   goes on");
  if (reason === "patience") steps.push("the same command with a larger --patience   goes on");
  if (reason === "trials")
    steps.push(`attune run ${name} --trials ${Math.max(counted, trials ?? 0) * 2}${where}   goes on`);
  return steps.map((step, place) => `${place === 0 ? "next: " : "      "}${step}`);
}
