import { summarize } from "../../analysis/index.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import type { RunSummary, Study } from "../../study/index.ts";
import type { Output } from "../output.ts";
import { reportLines } from "../render/report-lines.ts";
import { studyRecord } from "../study-record.ts";
import { commandOfTrial } from "../winning-command.ts";

/** How the result is wanted. */
export interface ResultOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly trials: number | null;
}

/** Prints what a run has found to standard output, and what can be done next to standard error. */
export function printResult(study: Study, summary: RunSummary, options: ResultOptions, output: Output): void {
  const trials = study.trials();
  const report = summarize(trials, study.metrics, study.space);
  if (options.json) {
    const { reason, counted, ran } = summary;
    output.out(JSON.stringify({ ...studyRecord(report, study), reason, trials: options.trials, counted, ran }));
    return;
  }
  if (trials.length === 0) {
    output.out(`Study ${study.name} is ready in ${study.location}; no trial has been run yet.`);
    return;
  }
  const command = report.winner === null ? null : commandOfTrial(study, report.winner.number);
  for (const line of reportLines(report, command, output.outPaint)) output.out(line);
  if (options.quiet) return;
  output.err("");
  for (const line of nextSteps(study, summary, options, report.failures[0]?.last)) output.err(line);
}

function nextSteps(
  study: Study,
  summary: RunSummary,
  options: ResultOptions,
  failed: number | undefined,
): readonly string[] {
  const where = study.location === "attune.db" ? "" : ` --storage ${quoteWord(study.location)}`;
  const more = Math.max(summary.counted, options.trials ?? 0) * 2;
  const unfinished = options.trials !== null && summary.counted < options.trials;
  const going = unfinished ? "the same command again" : `attune run ${study.name} --trials ${more}${where}`;
  const steps = [`attune trials ${study.name}${where}   all trials`];
  if (failed !== undefined) steps.unshift(`attune log ${failed} ${study.name}${where}   what the failed trial printed`);
  if (summary.reason !== "exhausted" && summary.reason !== "same-failure") steps.push(`${going}   goes on`);
  return steps.map((step, place) => `${place === 0 ? "next: " : "      "}${step}`);
}
