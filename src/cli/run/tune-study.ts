import { existsSync, rmSync } from "node:fs";
import { AttuneError } from "../../errors.ts";
import { CommandExecutor, type CommandExecutorOptions } from "../../executor/command/command-executor.ts";
import { logParts } from "../../executor/command/log-parts.ts";
import type { RunHelpers } from "../../executor/command/run-helpers.ts";
import { metricSettingsOf } from "../../protocol/metric-settings.ts";
import type { RunSummary, Study } from "../../study/index.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import type { CliContext } from "../context.ts";
import type { ExitCode } from "../exit-codes.ts";
import { openLiveScreen } from "../live/live-screen.ts";
import { showsLive } from "../live/shows-live.ts";
import { showNotices } from "../notices.ts";
import type { Output } from "../output.ts";
import type { RunSettings } from "../settings/run-settings.ts";
import { defaultOf } from "../settings/table.ts";
import { hasTerminal, listenForStop } from "../stop-signals.ts";
import {
  checkpointFolder,
  filesFolder,
  inputFolder,
  logFile,
  reportFile,
  stopFile,
  trialFolder,
} from "../trial-files.ts";
import { valueWriterOf } from "../value-writer-of.ts";
import { programNames } from "../winning-command.ts";
import { executorMetrics } from "./executor-metrics.ts";
import { executorSafety, gpuNotice } from "./executor-safety.ts";
import { freeSpaceGuard } from "./free-space-guard.ts";
import { noProgram } from "./no-program.ts";
import { openFilesNotice } from "./open-files-notice.ts";
import { RunPrinter } from "./run-printer.ts";
import { secretNotice } from "./secret-in-command.ts";
import { templateUses } from "./template-uses.ts";
import { nearDeclarationNotes, unusedParameters } from "./unused-parameters.ts";

export interface TuningOptions {
  readonly quiet: boolean;
  /** The processes that stand by the run, and are ended with it; null: started with the first program. */
  readonly helpers: RunHelpers | null;
  /** One of two runs that are shown as one: the first says no end, the second no beginning. */
  readonly part?: "first" | "second";
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
  { quiet, helpers, part }: TuningOptions,
  { output: plain, environment }: CliContext,
  show: (end: TuningEnd, output: Output) => ExitCode,
): Promise<ExitCode> {
  const command = commandOf(study);
  const trials = settings.trials ?? null;
  const { grace = defaultOf("grace"), workers = defaultOf("workers") } = settings;
  const live = showsLive({ isTerminal: process.stderr.isTTY, quiet: quiet, environment });
  const screen = live ? openLiveScreen(study, { trials, timeout: settings.timeout ?? null }, plain, environment) : null;
  const output = screen?.output ?? plain;
  const printer = new RunPrinter(study, { trials, grace, quiet: quiet }, output);
  const signals = listenForStop(hasTerminal(), (signal, first) => printer.signal(signal, first));
  // The terminal may go away while the run goes on.
  output.survive();
  const unshow = showNotices((text) => printer.event({ type: "notice", text }));
  try {
    const changes = await study.noteProvenance();
    const gpus = gpuNotice(settings, environment);
    const inTemplates = templateUses(command, programNames(study.space));
    const unused = [...unusedParameters(study.space, command, inTemplates), ...nearDeclarationNotes(command)];
    const secret = secretNotice(command, study.location, environment);
    const notices = [
      ...changes,
      ...unused,
      ...[gpus, secret, openFilesNotice(study.location)].filter((notice) => notice !== null),
    ];
    if (part !== "second") printer.begin(workers, notices);
    const safety = executorSafety(settings, grace, environment);
    const begun = performance.now();
    const metrics = await executorMetrics(metricSettingsOf(study.settings.extra.metrics), study.metrics);
    const summary = await study.run(executorOf(study, command, { ...safety, metrics, ...(helpers && { helpers }) }), {
      trials,
      workers,
      timeout: settings.timeout ?? null,
      grace,
      target: settings.target ?? null,
      patience: settings.patience ?? null,
      mayStart: freeSpaceGuard(study.location, settings.minFree),
      keepGoing: settings.keepGoing ?? false,
      unscheduled: settings.unscheduled ?? false,
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
    writer: valueWriterOf(study),
    // Asked for before the others.
    inputFolder: ({ trial, attempt }) => {
      clear(location, id, trial, attempt);
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
