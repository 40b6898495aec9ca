import { existsSync } from "node:fs";
import { summarize } from "../../analysis/index.ts";
import { AttuneError } from "../../errors.ts";
import type { RunHelpers } from "../../executor/command/run-helpers.ts";
import { inputFiles } from "../../protocol/input-files.ts";
import { openStorage } from "../../storage/registry.ts";
import type { Storage } from "../../storage/storage.ts";
import type { RunSummary, Study } from "../../study/index.ts";
import type { CliContext } from "../context.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { checkNewStudy, openSettings } from "../open-settings.ts";
import { printedCommand } from "../secrets.ts";
import type { RunSettings } from "../settings/run-settings.ts";
import { storageFile, storageLocation } from "../storage-location.ts";
import { otherNameNotice } from "../study-of-program.ts";
import { studySpace } from "../study-space.ts";
import { programNames } from "../winning-command.ts";
import { checkPatterns } from "./check-patterns.ts";
import { collectSettings } from "./collect-settings.ts";
import { executorSafety } from "./executor-safety.ts";
import { noProgram } from "./no-program.ts";
import { printResult } from "./print-result.ts";
import { rehearse } from "./rehearsal.ts";
import { requireProgram } from "./require-program.ts";
import type { RunCommandOptions } from "./run-options.ts";
import { templateUses } from "./template-uses.ts";
import { tryCommand } from "./try-command.ts";
import { tuneStudy } from "./tune-study.ts";
import { nearDeclarationNotes } from "./unused-parameters.ts";

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
    const quiet = options.quiet === true;
    return await tuneStudy(study, settings, { quiet, helpers }, context, (end, output) => {
      printResult(study, end, { ...options, trials }, output);
      return codeOf(study, end.summary);
    });
  } finally {
    await storage.close();
  }
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
  const { counts } = summarize(study.list(), study.metrics, study.space);
  const ended = counts.complete + counts.pruned + counts.failed;
  return ended > 0 && counts.complete === 0 ? EXIT_CODES.negative : EXIT_CODES.ok;
}
