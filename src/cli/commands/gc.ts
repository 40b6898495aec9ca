import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { groupFailures } from "../../analysis/failures.ts";
import { countWords } from "../../analysis/words/count-words.ts";
import { AttuneError } from "../../errors.ts";
import { bytesOnDisk } from "../../executor/bytes-on-disk.ts";
import { formatBytes } from "../../executor/format-bytes.ts";
import { orIfGone } from "../../executor/or-if-refused.ts";
import { Configurations, compileLimits, frontsOf, rankConfigurations, rankTrials } from "../../objective/index.ts";
import { jsonText } from "../../record/json-text.ts";
import { filesFolder, heldOutFolder, storageFile, trialFolder } from "../../record/study-files.ts";
import type { Storage } from "../../storage/storage.ts";
import { openStudy, type Study } from "../../study/index.ts";
import type { HeldOutRun } from "../../trial/held-out-run.ts";
import { checkpointToGoOnFrom, resumableAttempt } from "../../trial/resumable-attempt.ts";
import type { Attempt, Trial } from "../../trial/trial.ts";
import type { CliContext } from "../context.ts";
import type { Output } from "../output.ts";
import { readCount } from "../settings/given-setting.ts";
import { storageOption, studyOption } from "../settings/table.ts";
import { requireStorage, storageLocation } from "../study/storage-location.ts";

interface GcOptions {
  readonly study?: string;
  readonly storage?: string;
  readonly keep: string;
  readonly logs?: boolean;
  readonly checkpoints?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const HELP = `
Logs and checkpoints stay of trials that are not finished, of the best, and of the newest failure of each kind; of
a trial that is not finished only the checkpoint that it goes on from. Trials and their values stay in any case.

Examples:
  attune gc                          # what can go, and how much that is
  attune gc digits --checkpoints --keep 1 --yes`;

/** `attune gc`: removes logs and checkpoints that are of no more use, after showing what. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("[study]", "only this study (default: all of the storage, and what deleted ones left)")
    .addOption(studyOption("the same as an option"))
    .addOption(storageOption())
    .option("--keep <number>", "trials, counted from the best, that keep their files", "5")
    .option("--logs", "only logs")
    .option("--checkpoints", "only checkpoints")
    .option("-y, --yes", "remove it; without, it is only shown")
    .option("--json", "print one JSON object a study")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: GcOptions) => await collect(word, options, context));
}

async function collect(
  word: string | undefined,
  options: GcOptions,
  { output, environment }: CliContext,
): Promise<void> {
  const keep = readCount({ value: options.keep, label: "--keep", position: null }, 0);
  const both = options.logs === options.checkpoints;
  const location = storageLocation(options.storage, environment);
  const study = options.study ?? word ?? null;
  const { openStorage } = await import("../../storage/registry.ts");
  const file = storageFile(location);
  if (both && study === null && file !== null && !existsSync(file)) {
    const left = planWithoutStorage(location);
    if (left.length > 0) return carryOut(left, options, output);
  }
  requireStorage(location);
  const storage = await openStorage(location);
  try {
    const kinds = { logs: both || options.logs === true, checkpoints: both || options.checkpoints === true };
    const plan = await planRemoval(storage, { study, keep, ...kinds });
    if (study !== null && plan.length === 0)
      throw new AttuneError("unknown-study", `There is no study "${study}" in ${location}.`);
    carryOut(plan, options, output);
  } finally {
    await storage.close();
  }
}

function carryOut(plan: readonly StudyRemoval[], options: GcOptions, output: Output): void {
  if (options.yes) for (const removal of plan) remove(removal);
  if (options.json) for (const removal of plan) output.out(jsonLine(removal, options.yes === true), "exact");
  else for (const line of lines(plan, options.yes === true)) output.out(line);
}

function remove({ files }: StudyRemoval): void {
  for (const { path } of files) {
    rmSync(path, { recursive: true, force: true });
    if (namesIn(dirname(path)).length === 0) rmdirSync(dirname(path));
  }
}

function lines(plan: readonly StudyRemoval[], removed: boolean): readonly string[] {
  const all = plan.reduce((sum, removal) => sum + bytesOf(removal), 0);
  const each = plan.map((removal) => {
    const { study, trials, kept } = removal;
    const size = formatBytes(bytesOf(removal));
    if (study === null) return `deleted studies and removed storages: ${size}`;
    return `study ${study}: ${size} of ${countWords(trials - kept, "trial")}, the files of ${kept} stay`;
  });
  if (removed) return [...each, `removed ${formatBytes(all)}`];
  return [...each, `${formatBytes(all)} can go; nothing is removed yet: attune gc --yes removes it`];
}

function jsonLine(removal: StudyRemoval, removed: boolean): string {
  const { study, trials, kept, files } = removal;
  return jsonText({
    study,
    trials,
    kept,
    bytes: bytesOf(removal),
    files: files.map(({ path }) => path),
    removed,
  });
}

function bytesOf({ files }: StudyRemoval): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What of one study can go. */
interface StudyRemoval {
  /** Null for a study that is no longer in the storage. */
  readonly study: string | null;
  readonly trials: number;
  readonly kept: number;
  readonly files: readonly Removable[];
}

interface RemovalWish extends FileKinds {
  /** Trials kept, counted from the best. */
  readonly keep: number;
  /** One study by name, or null for all of the storage and those that were deleted from it. */
  readonly study: string | null;
}

/** Looks what can go; removes nothing. */
async function planRemoval(storage: Storage, wish: RemovalWish): Promise<readonly StudyRemoval[]> {
  const { location } = storage;
  // Folders first: a study that begins meanwhile is then either unknown here or known to the storage.
  const folders = namesIn(filesFolder(location));
  const removals: StudyRemoval[] = [];
  const known = new Set<string>();
  for (const { name, id } of await storage.listStudies()) {
    known.add(encodeURIComponent(id));
    if (wish.study !== null && wish.study !== name) continue;
    const folder = join(filesFolder(location), encodeURIComponent(id));
    const names = namesIn(folder);
    const study = await openStudy({ name, storage });
    const trials = study.views();
    const kept = keptTrials(study, wish.keep);
    const used = checkpointsInUse(trials);
    const found = trials.flatMap((trial) => {
      const own = trialFolder(location, id, trial.number);
      return kept.has(trial.number) ? uselessFiles(own, trial, wish) : removableFiles(own, wish);
    });
    const files = found.filter(({ path }) => !used.has(resolve(path)));
    files.push(...oldHeldOutFiles((run) => heldOutFolder(location, id, run), study.heldOut, wish));
    if (wish.logs && wish.checkpoints) files.push(...unknownTrials(folder, names, trials));
    removals.push({ study: name, trials: trials.length, kept: kept.size, files });
  }
  if (wish.study !== null || !(wish.logs && wish.checkpoints)) return removals;
  return [
    ...removals,
    ...ownerless(
      location,
      folders.filter((folder) => !known.has(folder)),
    ),
  ];
}

/** What is beside the place of a storage that is gone. */
function planWithoutStorage(location: string): readonly StudyRemoval[] {
  return ownerless(location, namesIn(filesFolder(location)));
}

function ownerless(location: string, folders: readonly string[]): readonly StudyRemoval[] {
  if (folders.length === 0) return [];
  const files = folders
    .map((name) => join(filesFolder(location), name))
    .map((path) => ({ path, bytes: bytesOnDisk(path) }));
  return [{ study: null, trials: 0, kept: 0, files }];
}

/**
 * Numbers of the trials whose files stay: unfinished ones (a running program writes there, a paused trial goes on from its
 * checkpoint), the `best` best ones and, unless that is 0, all runs of the configuration to use or of the front, and the newest failure of each kind, whose log tells what went wrong.
 */
function keptTrials(study: Study, best: number): ReadonlySet<number> {
  const trials = study.views();
  const unfinished = trials.filter(({ state }) => state === "waiting" || state === "running" || state === "paused");
  const failures = groupFailures(trials).map(({ last }) => last);
  return new Set([...[...unfinished, ...bestTrials(study, trials, best)].map(({ number }) => number), ...failures]);
}

/** With several objectives all runs of the front stay, and of what comes behind it as many configurations as are still wanted. */
function bestTrials({ metrics, settings }: Study, trials: readonly Trial[], count: number): readonly Trial[] {
  if (count === 0) return [];
  const limits = compileLimits(settings.limits);
  const [metric, ...others] = metrics;
  if (metric === undefined) return [];
  const configurations = Configurations.of(trials, metrics);
  if (others.length > 0) {
    const { front, best } = frontsOf([...configurations], metrics, limits);
    return [...front, ...best(count)].flatMap(({ runs }) => runs);
  }
  const winner = rankConfigurations(configurations, metric, limits).first();
  const runs = winner === null ? [] : configurations.at(winner).runs;
  return [...rankTrials(trials, metric, limits).slice(0, count), ...runs];
}

/** What of a trial's files is meant: its logs, its checkpoints. Whatever else there is goes when both do. */
interface FileKinds {
  readonly logs: boolean;
  readonly checkpoints: boolean;
}

/** Something that can be removed, and what it takes on the disk in bytes. */
interface Removable {
  readonly path: string;
  readonly bytes: number;
}

/** The files of a trial's folder that are of these kinds; none where there is no such folder. */
function removableFiles(trialFolder: string, kinds: FileKinds): readonly Removable[] {
  const both = kinds.logs && kinds.checkpoints;
  const wanted = (name: string): boolean =>
    both || (kinds.logs && /\.log(\.\d+)?$/.test(name)) || (kinds.checkpoints && /\.checkpoint$/.test(name));
  return namesIn(trialFolder)
    .filter(wanted)
    .map((name) => join(trialFolder, name))
    .map((path) => ({ path, bytes: bytesOnDisk(path) }));
}

/** Names in a folder, sorted; none where there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  return orIfGone(() => readdirSync(folder).sort(), []);
}

const FINISHED: ReadonlySet<string> = new Set(["complete", "pruned", "failed"]);

/**
 * What nobody needs in the folder of a trial whose logs and checkpoints stay: requests to stop, reports and torn checkpoints of a tuner that
 * was killed, and files of attempts that it never had, of a storage of the same name that was removed. Of a trial that may go on, the checkpoints
 * that it does not go on from, and of a paused one what else is left of programs that are gone.
 */
function uselessFiles(trialFolder: string, trial: Trial, kinds: FileKinds): readonly Removable[] {
  const { state, segments } = trial;
  const attempts = segments.flatMap((segment) => segment.attempts);
  const isFinished = FINISHED.has(state);
  const all = kinds.logs && kinds.checkpoints;
  const needed = neededCheckpoints(trial);
  return removableFiles(trialFolder, kinds).filter(({ path }) => {
    const [, number, kind] = /attempt-(\d+)\.([a-z]+)[^/\\]*$/.exec(path) ?? [];
    if (number === undefined) return false;
    if (Number(number) >= attempts.length) return isFinished;
    if (kind === "checkpoint") return !needed(basename(path));
    const isOver = isFinished || (state === "paused" && Number(number) < firstAlive(attempts));
    return isOver && all && (kind === "stop" || kind === "reports");
  });
}

/** Paths that trials go on from which were made of others, and have no checkpoint of their own yet. */
function checkpointsInUse(trials: readonly Trial[]): ReadonlySet<string> {
  const open = trials.filter(({ branch, state }) => branch !== undefined && !FINISHED.has(state));
  const used = open.map((trial) => checkpointToGoOnFrom(trial, (number) => trials[number]));
  return new Set(used.flatMap((path) => (path === null ? [] : [resolve(path)])));
}

/** By name. A program that was woken keeps its checkpoint in the folder of the attempt that it began with. */
function neededCheckpoints(trial: Trial): (name: string) => boolean {
  const attempts = trial.segments.flatMap((segment) => segment.attempts);
  const recorded = attempts.flatMap(({ checkpoint }) => (checkpoint === null ? [] : [basename(checkpoint)]));
  if (FINISHED.has(trial.state)) return (name) => recorded.includes(name);
  const newest = resumableAttempt(trial)?.checkpoint ?? null;
  const resumed = newest === null ? null : basename(newest);
  // What runs, or stands still in memory, may write into its folder yet.
  const isAlive = trial.state === "running" || attempts.at(-1)?.frozen?.givenUp === null;
  return (name) => name === resumed || (isAlive && !recorded.includes(name));
}

/** The attempt whose program stands still in memory, by the number that its files have, which is where it began; past all where none does. */
function firstAlive(attempts: readonly Attempt[]): number {
  const isFrozen = (place: number): boolean => attempts[place]?.frozen?.givenUp === null;
  let place = attempts.length;
  while (isFrozen(place - 1)) place -= 1;
  return place;
}

/** Folders of trials that the study never had. `names` is what the study's folder held before its trials were read. */
function unknownTrials(studyFolder: string, names: readonly string[], trials: readonly Trial[]): readonly Removable[] {
  const known = new Set(trials.map(({ number }) => `trial-${number}`));
  return names
    .filter((name) => /^trial-\d+$/.test(name) && !known.has(name))
    .map((name) => join(studyFolder, name))
    .map((path) => ({ path, bytes: bytesOnDisk(path) }));
}

/** Files of runs on held-out data, but for the newest one of each role, of neighbours on a front of each. One that may still go on is not known to the study yet. */
export function oldHeldOutFiles(
  folderOf: (run: number) => string,
  runs: readonly HeldOutRun[],
  kinds: FileKinds,
): readonly Removable[] {
  const part = ({ role, trial }: HeldOutRun): string => (role === "neighbour" ? `${role} ${trial}` : role);
  const newest = new Map(runs.map((run) => [part(run), run.number]));
  return runs
    .filter((run) => newest.get(part(run)) !== run.number)
    .flatMap(({ number }) => removableFiles(folderOf(number), kinds));
}
