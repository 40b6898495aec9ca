import { existsSync, rmSync } from "node:fs";
import { summarize } from "../../analysis/index.ts";
import { AttuneError } from "../../errors.ts";
import { CommandExecutor, type CommandExecutorOptions } from "../../executor/command/command-executor.ts";
import { openStorage } from "../../storage/registry.ts";
import type { Storage } from "../../storage/storage.ts";
import type { RunSummary, Study } from "../../study/index.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import type { CliContext } from "../context.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { openLiveScreen } from "../live/live-screen.ts";
import { showsLive } from "../live/shows-live.ts";
import { checkNewStudy, openSettings } from "../open-settings.ts";
import { hasTerminal, listenForStop } from "../stop-signals.ts";
import { storageFile, storageLocation } from "../storage-location.ts";
import type { RunSettings } from "../study-file/run-settings.ts";
import { studySpace } from "../study-space.ts";
import { checkpointFolder, logFile, stopFile } from "../trial-files.ts";
import { programNames } from "../winning-command.ts";
import { collectSettings } from "./collect-settings.ts";
import { executorSafety, gpuNotice } from "./executor-safety.ts";
import { printResult } from "./print-result.ts";
import { rehearse } from "./rehearsal.ts";
import { requireProgram } from "./require-program.ts";
import type { RunCommandOptions } from "./run-options.ts";
import { RunPrinter } from "./run-printer.ts";
import { unusedParameters } from "./unused-parameters.ts";

const DEFAULT_GRACE = 10;
const DRY_COMMANDS = 3;

/** Runs a study from the words and options of `attune run`; answers the exit code. */
export async function runStudy(
  words: readonly string[],
  options: RunCommandOptions,
  context: CliContext,
): Promise<ExitCode> {
  const settings = await collectSettings(words, context.program, options);
  const location = storageLocation(settings.storage, context.environment);
  await check(settings, location);
  executorSafety(settings, DEFAULT_GRACE, context.environment);
  if (options.dryRun) return await dryRun(settings, location, context);
  const storage = await openStorage(location);
  try {
    const study = await openSettings(await withOnlyStudy(settings, storage), storage);
    return await tune(study, settings, options, context);
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
    const { study, commands } = await rehearse(named, storage, DRY_COMMANDS);
    for (const notice of study.notices) output.err(notice);
    if (study.settings.command === null) throw noProgram(study.name);
    for (const command of commands) output.out(command);
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
  studySpace(settings);
  await requireProgram(command.template);
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

async function tune(
  study: Study,
  settings: RunSettings,
  options: RunCommandOptions,
  { output: plain, environment }: CliContext,
): Promise<ExitCode> {
  const command = commandOf(study);
  const trials = settings.trials ?? null;
  const live = showsLive({ isTerminal: process.stderr.isTTY, quiet: isQuiet(options), environment });
  const screen = live ? openLiveScreen(study, trials, plain, environment) : null;
  const output = screen?.output ?? plain;
  const printer = new RunPrinter(
    study,
    { trials, grace: settings.grace ?? DEFAULT_GRACE, quiet: isQuiet(options) },
    output,
  );
  const signals = listenForStop(hasTerminal(), (signal, first) => printer.signal(signal, first));
  // The terminal may go away while the run goes on.
  output.survive();
  try {
    const workers = settings.workers ?? 1;
    const changes = await study.noteProvenance();
    const gpus = gpuNotice(settings, environment);
    printer.begin(workers, [...changes, ...unusedParameters(study.space, command), ...(gpus === null ? [] : [gpus])]);
    const safety = executorSafety(settings, settings.grace ?? DEFAULT_GRACE, environment);
    const summary = await study.run(executorOf(study, command, safety), {
      trials,
      workers,
      timeout: settings.timeout ?? null,
      grace: settings.grace ?? DEFAULT_GRACE,
      keepGoing: settings.keepGoing ?? false,
      stop: signals.stop,
      kill: signals.kill,
      onEvent: (event) => {
        screen?.event(event);
        printer.event(event);
      },
    });
    await study.refresh();
    screen?.close();
    printer.end(summary);
    printResult(study, summary, { ...options, trials }, output);
    return signals.exitCode() ?? codeOf(study, summary);
  } finally {
    screen?.close();
    signals.dispose();
  }
}

function isQuiet(options: RunCommandOptions): boolean {
  return options.quiet === true;
}

function commandOf(study: Study): CommandTemplate {
  const { command } = study.settings;
  if (command !== null) return command;
  throw noProgram(study.name);
}

function noProgram(study: string | undefined): AttuneError {
  return new AttuneError(
    "invalid-argument",
    `Study ${study ?? ""} has no program to run. Add command: to its file, or drive it with attune ask and attune tell.`,
  );
}

function executorOf(study: Study, command: CommandTemplate, safety: Partial<CommandExecutorOptions>): CommandExecutor {
  const { location, id } = study;
  return new CommandExecutor({
    command,
    parameters: programNames(study.space),
    logFile: (job) => cleared(logFile(location, id, job.trial, job.attempt)),
    checkpointFolder: (job) => cleared(checkpointFolder(location, id, job.trial, job.attempt)),
    stopFile: (job) => cleared(stopFile(location, id, job.trial, job.attempt)),
    ...safety,
  });
}

/** An attempt runs once: what is there already was left by a storage of the same name that was removed since. */
function cleared(path: string): string {
  rmSync(path, { recursive: true, force: true });
  return path;
}

function codeOf(study: Study, summary: RunSummary): ExitCode {
  if (summary.reason === "same-failure") return EXIT_CODES.negative;
  const { counts } = summarize(study.trials(), study.metrics, study.space);
  const ended = counts.complete + counts.pruned + counts.failed;
  return ended > 0 && counts.complete === 0 ? EXIT_CODES.negative : EXIT_CODES.ok;
}
