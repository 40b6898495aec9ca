import { existsSync, rmSync, statfsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { AttuneError } from "../../../errors.ts";
import { CommandExecutor, type CommandExecutorOptions } from "../../../executor/command/command-executor.ts";
import { logParts } from "../../../executor/command/log-parts.ts";
import type { RunHelpers } from "../../../executor/command/run-helpers.ts";
import { formatBytes } from "../../../executor/format-bytes.ts";
import { currentProcess } from "../../../executor/process-identity.ts";
import { metricSettingsOf } from "../../../protocol/metric-settings.ts";
import {
  checkpointFolder,
  filesFolder,
  inputFolder,
  logFile,
  reportFile,
  stopFile,
  storageFile,
  trialFolder,
} from "../../../record/study-files.ts";
import { foldsOf } from "../../../study/folds-of.ts";
import type { RunSummary, Study } from "../../../study/index.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import type { CliContext, ExitCode } from "../../context.ts";
import { type Output, showNotices } from "../../output.ts";
import { defaultOf, type RunSettings } from "../../settings/table.ts";
import { executorMetrics, executorSafety, gpuNotice } from "../../study/collect-settings.ts";
import { foldsNotice } from "../../study/folds-notice.ts";
import { requireAccepted } from "../../study/require-accepted.ts";
import { programNames, valueWriterOf } from "../../study/winning-command.ts";
import { hasTerminal, listenForStop } from "../../terminal.ts";
import { nearDeclarationNotes, secretNotice, templateUses, unusedParameters } from "./check-program.ts";
import { openLiveScreen, showsLive } from "./live-screen.ts";
import { RunPrinter } from "./run-printer.ts";

interface TuningOptions {
  readonly quiet: boolean;
  /** The processes that stand by the run, and are ended with it; null: started with the first program. */
  readonly helpers: RunHelpers | null;
  /** One of two runs that are shown as one: the first says no end, the second no beginning. */
  readonly part?: "first" | "second";
  /** What was set over a server is accepted, and run. */
  readonly trustCommand?: boolean;
}

/** How a run ended, and how long it took in seconds. */
export interface TuningEnd {
  readonly summary: RunSummary;
  readonly seconds: number;
}

/**
 * Runs a study with its program as the settings say, shown on standard error, until its budget is used up or a signal stops it.
 * `show` prints what came of it and answers the exit code, unless a signal gives it.
 */
export async function tuneStudy(
  study: Study,
  settings: RunSettings,
  { quiet, helpers, part, trustCommand = false }: TuningOptions,
  { output: plain, environment }: CliContext,
  show: (end: TuningEnd, output: Output) => ExitCode,
): Promise<ExitCode> {
  const command = commandOf(study);
  await requireAccepted(study, { trustCommand, given: settings.command?.template ?? null }, plain.err);
  const { trials = null, timeout = null, budget = null } = settings;
  const { grace = defaultOf("grace"), workers = defaultOf("workers") } = settings;
  const live = showsLive({ isTerminal: process.stderr.isTTY, quiet: quiet, environment });
  const screen = live ? openLiveScreen(study, { trials, timeout }, plain, environment) : null;
  const output = screen?.output ?? plain;
  const printer = new RunPrinter(study, { trials, budget, grace, quiet: quiet }, output);
  const signals = listenForStop(hasTerminal(), (signal, first) => printer.signal(signal, first));
  // The terminal may go away while the run goes on.
  output.survive();
  const unshow = showNotices((text) => printer.event({ type: "notice", text }));
  try {
    const changes = await study.noteProvenance({ trials, seconds: timeout, workers, process: currentProcess() });
    const gpus = gpuNotice(settings, environment);
    const inTemplates = templateUses(command, programNames(study.space));
    const unused = [...unusedParameters(study.space, command, inTemplates), ...nearDeclarationNotes(command)];
    const secret = secretNotice(command, study.location, environment);
    const notices = [
      ...changes,
      ...unused,
      ...[gpus, secret, openFilesNotice(study.location), foldsNotice(study)].filter((notice) => notice !== null),
    ];
    if (part !== "second") printer.begin(workers, notices);
    const safety = executorSafety(settings, grace, environment);
    const begun = performance.now();
    const metrics = await executorMetrics(metricSettingsOf(study.settings.extra.metrics), study.metrics, study.limits);
    const summary = await study.run(executorOf(study, command, { ...safety, metrics, ...(helpers && { helpers }) }), {
      ...{ trials, workers, timeout, budget, grace },
      target: settings.target ?? null,
      patience: settings.patience ?? null,
      mayStart: freeSpaceGuard(study.location, settings.minFree),
      keepGoing: settings.keepGoing ?? false,
      unscheduled: settings.unscheduled ?? false,
      ...{ freeze: settings.freeze, freezeMemory: settings.freezeMemory },
      checkpointSpace: settings.checkpointSpace,
      stop: signals.stop,
      kill: signals.kill,
      onEvent: (event) => {
        screen?.event(event);
        printer.event(event);
      },
    });
    await study.refresh();
    screen?.close();
    const seconds = (performance.now() - begun) / 1000;
    if (part !== "first" || summary.reason !== "trials") printer.end(summary, seconds);
    const code = show({ summary, seconds }, output);
    return signals.exitCode() ?? code;
  } finally {
    screen?.close();
    unshow();
    signals.dispose();
  }
}

function commandOf(study: Study): CommandTemplate {
  const { command } = study.settings;
  if (command !== null) return command;
  throw noProgram(study.name);
}

function executorOf(study: Study, command: CommandTemplate, options: Partial<CommandExecutorOptions>): CommandExecutor {
  const { location, id } = study;
  return new CommandExecutor({
    command,
    parameters: programNames(study.space),
    folds: foldsOf(study.settings),
    writer: valueWriterOf(study),
    // Asked for before the others.
    inputFolder: ({ trial, attempt, fold }) => {
      if ((fold ?? 1) === 1) clear(location, id, trial, attempt);
      return inputFolder(location, id, trial, attempt);
    },
    logFile: ({ trial, attempt }) => logFile(location, id, trial, attempt),
    checkpointFolder: ({ trial, attempt }) => checkpointFolder(location, id, trial, attempt),
    stopFile: ({ trial, attempt }) => stopFile(location, id, trial, attempt),
    reportFile: ({ trial, attempt }) => reportFile(location, id, trial, attempt),
    ...options,
  });
}

/** An attempt runs once: what is there already was left by a storage of the same name that was removed since. */
function clear(location: string, study: string, trial: number, attempt: number): void {
  if (!existsSync(trialFolder(location, study, trial))) return;
  const places = [inputFolder, checkpointFolder, stopFile, reportFile].map((place) =>
    place(location, study, trial, attempt),
  );
  const logs = logParts(logFile(location, study, trial, attempt)).files;
  try {
    for (const path of [...places, ...logs]) rmSync(path, { recursive: true, force: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError(
      "user-code",
      `Files of a storage that was removed are in the way of trial ${trial} (${why}); remove ${filesFolder(location)}, or check who may write there.`,
      { cause },
    );
  }
}

/** The error for a study that nothing can be run of. */
export function noProgram(study: string | undefined): AttuneError {
  return new AttuneError(
    "invalid-argument",
    `Study ${study ?? ""} has no program to run. Add command: to its file, or drive it with attune ask and attune tell.`,
  );
}

const OTHERS = 0o077;

/** A sentence when the folder that holds logs and checkpoints, which Attune makes for its owner alone, was there and is open to others. */
export function openFilesNotice(location: string): string | null {
  // Windows has no such modes.
  if (process.platform === "win32") return null;
  const folder = filesFolder(location);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined || !found.isDirectory() || (found.mode & OTHERS) === 0) return null;
  const mode = (found.mode & 0o777).toString(8);
  return `${folder} is open to others (mode ${mode}), and what programs print stands there; close it with chmod 700 ${folder}`;
}

const LEAST_FILES = 100;
/** Of a small disk this share is kept free unless told otherwise. */
const SMALL_DISK_SHARE = 0.05;

/**
 * Asked before each trial begins: a sentence when the working folder is gone, or when its disk or that of the storage (where logs and
 * checkpoints go too) has less than `wanted` bytes left, else null.
 *
 * @param wanted - bytes, 0 for no guard, undefined for the default.
 */
export function freeSpaceGuard(location: string, wanted: number | undefined): () => Promise<string | null> {
  const file = storageFile(location);
  const working = resolve(".");
  const home = file === null ? working : dirname(resolve(file));
  return async () => {
    for (const folder of new Set([home, working])) {
      if (!existsSync(folder)) {
        // What became of the storage, it says itself.
        if (folder === home && file !== null) return null;
        return `The working folder ${folder} was removed or moved: no new trial begins. Put it back, or go to where it is, and run the same command again.`;
      }
      if (wanted === 0) continue;
      // At once: the way through the thread pool takes far longer than the question itself.
      const { bavail, blocks, bsize, files, ffree } = statfsSync(folder);
      // Some file systems count no inodes.
      if (files > 0 && ffree < Math.min(LEAST_FILES, files * SMALL_DISK_SHARE))
        return `Only ${ffree} more files fit on the disk of ${folder}, however small: no new trial begins. Remove some (attune gc shows what can go) and run the same command again.`;
      const least = wanted ?? Math.min(defaultOf("min-free"), blocks * bsize * SMALL_DISK_SHARE);
      if (bavail * bsize >= least) continue;
      return (
        `Only ${formatBytes(bavail * bsize)} are free on the disk of ${folder}, less than the ${formatBytes(least)} to be left (--min-free): ` +
        "no new trial begins. Free some space (attune gc shows what can go) and run the same command again."
      );
    }
    return null;
  };
}
