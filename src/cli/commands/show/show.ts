import type { Command } from "commander";
import { decisionWords } from "../../../analysis/field/decision-words.ts";
import {
  newestDecisions,
  type StudyDecision,
  type StudyReport,
  studyHealth,
  studyHeldOut,
} from "../../../analysis/index.ts";
import { formatDuration } from "../../../analysis/words/format-duration.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { processState } from "../../../executor/process-identity.ts";
import { nameWithUnit, withUnit } from "../../../objective/index.ts";
import { unitWords } from "../../../protocol/unit-words.ts";
import { recordText } from "../../../record/json-text.ts";
import { listTrials } from "../../../study/list-trials.ts";
import type { StudyReader } from "../../../study/study-reader.ts";
import { STATE_CODES } from "../../../trial/history-view.ts";
import { TrialList } from "../../../trial/list/trial-list.ts";
import type { Trial } from "../../../trial/trial.ts";
import type { CliContext } from "../../context.ts";
import { olderWritingNote, reportLines, reportNotes } from "../../render/report-lines.ts";
import { fullRunsText } from "../../render/words.ts";
import { addStudyTarget, DeclaredOption } from "../../settings/table.ts";
import { olderReaderNote } from "../../study/reading-of-study.ts";
import { reportOf, studyRecord } from "../../study/study-record.ts";
import { lookAtStudy, type StudyTargetOptions } from "../../study/study-target.ts";
import { printedCommandOf, valueWriterOf } from "../../study/winning-command.ts";

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
        "draw figures instead, as `attune plot` does: history, slice, importance, ...; several with commas",
        { words: "figures" },
      ),
    )
    .option("--json", "print one JSON object; with --plot the data of each figure on a line")
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: ShowOptions) => {
      await lookAtStudy(context, word, options, async (study) => {
        if (options.plot === undefined) show(study, options, context);
        else await plot(study, options.plot, options.json === true, context);
      });
    });
}

async function plot(study: StudyReader, names: string, json: boolean, context: CliContext): Promise<void> {
  const [{ readPlotNames }, { printFigures }] = await Promise.all([
    import("../plot/draw-plot.ts"),
    import("../plot/print-figures.ts"),
  ]);
  await printFigures(readPlotNames(names), study, { now: Date.now() }, json, context);
}

function show(study: StudyReader, options: StudyTargetOptions, { output }: CliContext): void {
  const trials = study.list();
  const report = reportOf(study, trials);
  const health = studyHealth(trials, study, report);
  const standing = studyHeldOut(study.heldOut, trials, report);
  const decisions = newestDecisions(trials, SHOWN_DECISIONS);
  if (options.json) {
    const record = { ...studyRecord(report, health, standing, study), decisions };
    output.out(recordText(record, valueWriterOf(study)), "exact");
    return;
  }
  const metrics = study.metrics.map((metric) => `${metric.direction} ${nameWithUnit(metric)}`).join(", ");
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
  const worst = study.metrics.flatMap((metric) => {
    const { name, reference } = metric;
    return reference === undefined ? [] : [`${name} ${withUnit(formatNumber(reference), metric)}`];
  });
  if (worst.length > 0) output.out(`worst    of interest: ${worst.join(", ")}`);
  const writing = olderWritingNote(study);
  if (writing !== null) output.out(`values   ${writing}`);
  for (const line of progressLines(report, trials, Date.now(), isGone)) output.out(line);
  const early = study.explainScheduler();
  if (early !== null) output.out(`early    ${early}`);
  for (const line of decisionLines(decisions)) output.out(line);
  const again = report.winner === null ? null : printedCommandOf(study, report.winner.number);
  const notes = reportNotes(study, health, standing);
  for (const line of reportLines(report, again, paint, notes, output.outWidth)) output.out(line);
}

/** Of the newest decisions. */
const SHOWN_DECISIONS = 3;

function decisionLines(decisions: readonly StudyDecision[]): readonly string[] {
  return decisions.map(
    (decision, place) =>
      `${(place === 0 ? "decided" : "").padEnd(9)}trial ${decision.trial} ${decisionWords(decision)}`,
  );
}

/** The process that ran the trial died without a word; the next run takes the trial back. */
function isGone(trial: Trial): boolean {
  const owner = trial.segments.at(-1)?.attempts.at(-1)?.owner;
  return owner?.kind === "leased" && owner.process !== null && processState(owner.process) === "dead";
}

const RUNNING = STATE_CODES.indexOf("running");

/** Running trials named at most; the rest are counted. */
const NAMED = 8;

/**
 * How far a study is: trials by state, what runs at the time `now` (milliseconds since 1970), and what only seems to, since its
 * process `isGone`.
 */
export function progressLines(
  report: StudyReport,
  trials: Iterable<Trial>,
  now: number,
  isGone: (trial: Trial) => boolean,
): readonly string[] {
  const { counts, invalid } = report;
  const parts = [
    amount(counts.complete, "complete"),
    amount(counts.pruned, "stopped early"),
    amount(counts.failed, "failed"),
    amount(counts.running, "running"),
    amount(counts.paused, "paused"),
    amount(counts.waiting, "waiting"),
    amount(invalid, "marked invalid"),
  ].filter((part) => part !== null);
  const lines = [`trials   ${parts.length === 0 ? "none yet" : parts.join(", ")}`, ...costLines(report)];
  const begun = runningOf(TrialList.of(trials));
  const gone = new Set(begun.filter(isGone));
  const running = begun.filter((trial) => !gone.has(trial));
  return [...lines, ...runningLines(running, now), ...goneLines([...gone].map(({ number }) => number))];
}

/** Of a study that runs trials in part, what they cost together. */
function costLines({ counts, costs }: StudyReport): readonly string[] {
  if (costs === null || costs.fullRuns === null || counts.paused + counts.pruned === 0) return [];
  const of = costs.fullRun === null ? "" : ` of ${formatNumber(costs.fullRun)} steps`;
  return [`cost     ${fullRunsText(costs.fullRuns)}${of}`];
}

/** The invalid ones too. */
function runningOf(trials: TrialList): readonly Trial[] {
  const begun: Trial[] = [];
  trials.states.forEach((state, place) => {
    if (state === RUNNING) begun.push(trials.at(place)!);
  });
  return begun;
}

function runningLines(running: readonly Trial[], now: number): readonly string[] {
  if (running.length === 0) return [];
  const named = running.slice(0, NAMED).map((trial) => `trial ${trial.number}${runningSince(trial, now)}`);
  const more = running.length > NAMED ? ` and ${running.length - NAMED} more` : "";
  return [`running  ${named.join(", ")}${more}`];
}

function goneLines(numbers: readonly number[]): readonly string[] {
  if (numbers.length === 0) return [];
  const [are, them] =
    numbers.length === 1 ? ["does not run any more: its", "it"] : ["do not run any more: their", "them"];
  return [`lost     ${listTrials(numbers)} ${are} process is gone; attune run tries ${them} again`];
}

function amount(count: number, word: string): string | null {
  return count === 0 ? null : `${count} ${word}`;
}

function runningSince(trial: Trial, now: number): string {
  const startedAt = trial.segments.at(-1)?.attempts.at(-1)?.startedAt;
  return startedAt === undefined ? "" : ` for ${formatDuration(Math.max(0, now - startedAt) / 1000)}`;
}
