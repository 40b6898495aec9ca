import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { groupFailures } from "../../../analysis/failures.ts";
import { Configurations, compileLimits, frontsOf, rankConfigurations, rankTrials } from "../../../objective/index.ts";
import type { Storage } from "../../../storage/storage.ts";
import { openStudy, type Study } from "../../../study/index.ts";
import type { HeldOutRun } from "../../../trial/held-out-run.ts";
import type { Trial } from "../../../trial/trial.ts";
import { filesFolder, heldOutFolder, trialFolder } from "../../study/storage-location.ts";

/** What of one study can go. */
export interface StudyRemoval {
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
export async function planRemoval(storage: Storage, wish: RemovalWish): Promise<readonly StudyRemoval[]> {
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
    const files = trials.flatMap((trial) => {
      const own = trialFolder(location, id, trial.number);
      return kept.has(trial.number) ? uselessFiles(own, trial, wish) : removableFiles(own, wish);
    });
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
export function planWithoutStorage(location: string): readonly StudyRemoval[] {
  return ownerless(location, namesIn(filesFolder(location)));
}

function ownerless(location: string, folders: readonly string[]): readonly StudyRemoval[] {
  if (folders.length === 0) return [];
  const files = folders.map((name) => join(filesFolder(location), name)).map((path) => ({ path, bytes: sizeOf(path) }));
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
    .map((path) => ({ path, bytes: sizeOf(path) }));
}

/** Names in a folder, sorted; none where there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  return orIfGone(() => readdirSync(folder).sort(), []);
}

/** Bytes on the disk of a file, or of a folder with all in it; links are not followed. */
function sizeOf(path: string): number {
  const stat = orIfGone(() => lstatSync(path, { throwIfNoEntry: false }), undefined);
  if (stat === undefined) return 0;
  const own = stat.isDirectory() ? 0 : stat.blocks * 512;
  const inside = stat.isDirectory() ? namesIn(path).map((name) => sizeOf(join(path, name))) : [];
  return inside.reduce((sum, bytes) => sum + bytes, own);
}

function orIfGone<T>(read: () => T, fallback: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return fallback;
    throw error;
  }
}

const FINISHED: ReadonlySet<string> = new Set(["complete", "pruned", "failed"]);

/**
 * What nobody needs in the folder of a trial whose logs and checkpoints stay: requests to stop, reports and torn checkpoints of a tuner that
 * was killed, and files of attempts that it never had, of a storage of the same name that was removed. Nothing for a trial that may run.
 */
function uselessFiles(trialFolder: string, { state, segments }: Trial, kinds: FileKinds): readonly Removable[] {
  if (!FINISHED.has(state)) return [];
  const attempts = segments.flatMap((segment) => segment.attempts);
  const all = kinds.logs && kinds.checkpoints;
  return removableFiles(trialFolder, kinds).filter(({ path }) => {
    const [, number, kind] = /attempt-(\d+)\.([a-z]+)[^/\\]*$/.exec(path) ?? [];
    if (number === undefined) return false;
    const attempt = attempts[Number(number)];
    if (attempt === undefined) return true;
    return kind === "checkpoint" ? attempt.checkpoint === null : all && (kind === "stop" || kind === "reports");
  });
}

/** Folders of trials that the study never had. `names` is what the study's folder held before its trials were read. */
function unknownTrials(studyFolder: string, names: readonly string[], trials: readonly Trial[]): readonly Removable[] {
  const known = new Set(trials.map(({ number }) => `trial-${number}`));
  return names
    .filter((name) => /^trial-\d+$/.test(name) && !known.has(name))
    .map((name) => join(studyFolder, name))
    .map((path) => ({ path, bytes: sizeOf(path) }));
}

/** Files of runs on held-out data, but for the newest one of each role. One that may still go on is not known to the study yet. */
export function oldHeldOutFiles(
  folderOf: (run: number) => string,
  runs: readonly HeldOutRun[],
  kinds: FileKinds,
): readonly Removable[] {
  const newest = new Map(runs.map(({ role, number }) => [role, number]));
  return runs
    .filter(({ role, number }) => newest.get(role) !== number)
    .flatMap(({ number }) => removableFiles(folderOf(number), kinds));
}
