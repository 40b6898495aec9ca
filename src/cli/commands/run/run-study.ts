import { existsSync } from "node:fs";
import { AttuneError } from "../../../errors.ts";
import type { RunHelpers } from "../../../executor/command/run-helpers.ts";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { readCommandTemplate, renderCommand } from "../../../protocol/index.ts";
import { inputFiles } from "../../../protocol/input-files.ts";
import { type Space, sampleUniform, spellParams } from "../../../space/index.ts";
import { openStorage } from "../../../storage/registry.ts";
import type { Storage } from "../../../storage/storage.ts";
import type { RunSummary, Study } from "../../../study/index.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { type CliContext, EXIT_CODES, type ExitCode } from "../../context.ts";
import { printedCommand } from "../../secrets.ts";
import type { RunCommandOptions } from "../../settings/options.ts";
import type { RunSettings } from "../../settings/table.ts";
import { checkNewStudy, openSettings, otherNameNotice } from "../../study/open-settings.ts";
import { storageFile, storageLocation } from "../../study/storage-location.ts";
import { studySpace } from "../../study/study-space.ts";
import { programNames } from "../../study/winning-command.ts";
import { nearDeclarationNotes, requireProgram, templateUses } from "./check-program.ts";
import { collectSettings } from "./collect-settings.ts";
import { checkPatterns, executorSafety } from "./executor-settings.ts";
import { printResult } from "./print-result.ts";
import { rehearse } from "./rehearsal.ts";
import { noProgram, tuneStudy } from "./tune-study.ts";

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
  renderCommand(readCommandTemplate(command), {
    parameters: new Set(programNames(space)),
    params: spellParams(space, { ...derived, ...sampleUniform(space, keyedStreams(0, 0)) }),
    seed: 0,
    trial: 0,
    fold: null,
    filePath: (name) => name,
  });
}
