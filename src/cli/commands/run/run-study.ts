import { existsSync } from "node:fs";
import {
  estimateSaving,
  type SavingEstimate,
  type StudyReport,
  studyHealth,
  studyHeldOut,
} from "../../../analysis/index.ts";
import { AttuneError } from "../../../errors.ts";
import type { RunHelpers } from "../../../executor/command/run-helpers.ts";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { readCommandTemplate, renderCommand } from "../../../protocol/index.ts";
import { inputFiles } from "../../../protocol/input-files.ts";
import { quoteWord } from "../../../protocol/shell-quote.ts";
import { recordText } from "../../../record/json-text.ts";
import { printedCommand } from "../../../record/secrets.ts";
import { storageFile } from "../../../record/study-files.ts";
import { type Space, sampleUniform, spellParams } from "../../../space/index.ts";
import { openStorage } from "../../../storage/registry.ts";
import type { Storage } from "../../../storage/storage.ts";
import type { RunSummary, Study } from "../../../study/index.ts";
import type { TrialList } from "../../../trial/list/trial-list.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { type CliContext, EXIT_CODES, type ExitCode } from "../../context.ts";
import type { Output } from "../../output.ts";
import { reportLines, reportNotes } from "../../render/report-lines.ts";
import { savingSentence } from "../../render/saving-sentence.ts";
import type { RunCommandOptions, RunSettings } from "../../settings/table.ts";
import { checkPatterns, collectSettings, executorSafety } from "../../study/collect-settings.ts";
import { checkNewStudy, openSettings, otherNameNotice } from "../../study/open-settings.ts";
import { storageLocation, storageWords } from "../../study/storage-location.ts";
import { reportOf, studyRecord } from "../../study/study-record.ts";
import { studySpace } from "../../study/study-space.ts";
import { printedCommandOf, programNames, valueWriterOf } from "../../study/winning-command.ts";
import { nearDeclarationNotes, rehearse, requireProgram, templateUses } from "./check-program.ts";
import { noProgram, type TuningEnd, tuneStudy } from "./tune-study.ts";

const DRY_COMMANDS = 3;

/** Runs a study from the words and options of `attune run`; answers the exit code. */
export async function runStudy(
  words: readonly string[],
  options: RunCommandOptions,
  context: CliContext,
  helpers: RunHelpers | null,
): Promise<ExitCode> {
  const settings = await collectSettings(words, context.program, options);
  const location = storageLocation(settings.storage, context.environment);
  await check(settings, location);
  // GPUs that cannot be handed out so are told before anything is made.
  executorSafety(settings, 0, context.environment);
  if (settings.metricPatterns !== undefined) await checkPatterns(settings.metricPatterns);
  if (options.dryRun) return await dryRun(settings, location, context);
  const storage = await openStorage(location);
  try {
    const study = await openSettings(await withOnlyStudy(settings, storage), storage);
    const otherName = otherNameNotice(settings, study);
    if (otherName !== null) context.output.err(otherName);
    const trials = settings.trials ?? null;
    if (options.ui) await sayPage(study, context);
    const quiet = options.quiet === true;
    return await tuneStudy(
      study,
      settings,
      { quiet, helpers, trustCommand: options.trustCommand === true },
      context,
      (end, output) => {
        printResult(study, end, { ...options, trials }, output);
        return codeOf(study, end.summary);
      },
    );
  } finally {
    await storage.close();
  }
}

/** Shows the study in the browser, by a process that the end of this one does not end at once. */
async function sayPage({ location, name }: Study, { output }: CliContext): Promise<void> {
  const { showPage } = await import("../../../study/show-page.ts");
  const { link } = await showPage({ location, study: name, open: process.stderr.isTTY }, process.argv[1]);
  output.err(`page     ${link}   (good once; attune ui${storageWords(location)} makes another)`, "with-secrets");
}

/** Prints the first commands of the run instead of running them. */
async function dryRun(settings: RunSettings, location: string, { output }: CliContext): Promise<ExitCode> {
  const file = storageFile(location);
  const storage = location === ":memory:" || (file !== null && !existsSync(file)) ? null : await openStorage(location);
  try {
    const named = storage === null ? settings : await withOnlyStudy(settings, storage);
    const { study, commands } = await rehearse(named, storage, DRY_COMMANDS, location);
    if (study.settings.command === null) throw noProgram(study.name);
    const near = nearDeclarationNotes(study.settings.command);
    for (const notice of [otherNameNotice(settings, study) ?? [], ...study.notices, ...near].flat()) output.err(notice);
    for (const command of commands) output.out(printedCommand(command));
    const files = inputFiles(study.settings.command.input ?? {});
    if (files.length > 0) output.err(`${files.join(", ")}: written for each trial when it runs, not by --dry-run.`);
    if (commands.length === 0) output.err(`The ${study.settings.sampler.name} sampler has nothing left to suggest.`);
    return EXIT_CODES.ok;
  } finally {
    await storage?.close();
  }
}

/** Tells what is wrong before a storage or a study is made. */
async function check(settings: RunSettings, location: string): Promise<void> {
  const { command, space, study } = settings;
  const file = storageFile(location);
  if (study === undefined && command === undefined && file !== null && !existsSync(file)) throw nothingToRun([]);
  if (command === undefined && space !== undefined) throw noProgram(study);
  checkNewStudy(settings, location);
  if (command === undefined) return;
  const own = studySpace(settings);
  await requireProgram(command.template);
  templateUses(command.template, programNames(own));
  tryCommand(command.template, own);
}

/** `attune run` alone goes on with the storage's only study. */
async function withOnlyStudy(settings: RunSettings, storage: Storage): Promise<RunSettings> {
  if (settings.study !== undefined || settings.command !== undefined) return settings;
  const names = (await storage.listStudies()).map(({ name }) => name);
  if (names.length === 1 && names[0] !== undefined) return { ...settings, study: names[0] };
  throw nothingToRun(names);
}

function nothingToRun(names: readonly string[]): AttuneError {
  const example = "attune run --minimize loss -- python train.py --lr '{lr: 1e-5..1e-1 log}'";
  const message =
    names.length === 0
      ? `Say what to run: ${example}, or attune run study.yaml.`
      : `Say which study to go on with (${names.join(", ")}), or what to run: ${example}`;
  return new AttuneError("invalid-argument", message);
}

function codeOf(study: Study, summary: RunSummary): ExitCode {
  if (summary.reason === "same-failure") return EXIT_CODES.negative;
  if (summary.reason === "refused") return EXIT_CODES.storage;
  const { counts } = study.summary();
  const ended = counts.complete + counts.pruned + counts.failed;
  return ended > 0 && counts.complete === 0 ? EXIT_CODES.negative : EXIT_CODES.ok;
}

/**
 * Puts some configuration into a command, so that a place where no value can stand is told before a study is begun.
 *
 * @throws AttuneError `invalid-argument` as `renderCommand` does.
 */
function tryCommand(command: CommandTemplate, space: Space): void {
  const derived = Object.fromEntries((space.derived ?? []).map(({ name }) => [name, 0]));
  const { fidelity } = space;
  const given = { ...(fidelity && { [fidelity.name]: fidelity.high }), ...derived };
  renderCommand(readCommandTemplate(command), {
    parameters: new Set(programNames(space)),
    params: spellParams(space, { ...given, ...sampleUniform(space, keyedStreams(0, 0)) }),
    seed: 0,
    trial: 0,
    fold: null,
    filePath: (name) => name,
  });
}

/** How the result is wanted. */
interface ResultOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly trials: number | null;
}

/** Prints what a run has found to standard output, and what can be done next to standard error. */
function printResult(study: Study, end: TuningEnd, options: ResultOptions, output: Output): void {
  const trials = study.list();
  const report = reportOf(study, trials);
  const health = studyHealth(trials, study, report);
  const standing = studyHeldOut(study.heldOut, trials, report);
  const saving = savingOf(study, trials);
  if (options.json) {
    const { reason, trialsSpent, ran } = end.summary;
    const { seconds } = end;
    const record = {
      ...studyRecord(report, health, standing, study),
      reason,
      trials: options.trials,
      trialsSpent,
      ran,
      seconds,
      saving,
    };
    output.out(recordText(record, valueWriterOf(study)), "exact");
    return;
  }
  if (trials.length === 0) {
    output.out(`Study ${study.name} is ready in ${study.location}; no trial has been run yet.`);
    return;
  }
  const command = report.winner === null ? null : printedCommandOf(study, report.winner.number);
  const notes = [...reportNotes(study, health, standing), ...earlyLines(study, saving)];
  for (const line of reportLines(report, command, output.outPaint, notes, output.outWidth)) output.out(line);
  if (options.quiet) return;
  output.err("");
  for (const line of nextSteps(study, end, options, report)) output.err(line);
}

/** Where nothing was stopped early, what would have been spared. */
function savingOf({ settings, metrics, space }: Study, trials: TrialList): SavingEstimate | null {
  const [metric] = metrics;
  if (settings.scheduler.name !== "none" || metrics.length !== 1 || space.fidelity !== undefined) return null;
  return estimateSaving(trials, metric!);
}

/** What the scheduler goes by, or would have spared. */
function earlyLines(study: Study, saving: SavingEstimate | null): readonly string[] {
  const words = study.explainScheduler();
  if (words !== null) return [`early    ${words}`];
  const sentence = savingSentence(saving, study.metrics[0]!);
  return sentence === null ? [] : [`note     ${sentence}`];
}

function nextSteps(
  study: Study,
  { summary: { reason, trialsSpent } }: TuningEnd,
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
  if (reason === "budget") steps.push("the same command with a larger --budget   goes on");
  if (reason === "target") steps.push("the same command with another --target   goes on");
  if (reason === "patience") steps.push("the same command with a larger --patience   goes on");
  if (reason === "trials")
    steps.push(`attune run ${name} --trials ${Math.max(trialsSpent, trials ?? 0) * 2}${where}   goes on`);
  return steps.map((step, place) => `${place === 0 ? "next: " : "      "}${step}`);
}
