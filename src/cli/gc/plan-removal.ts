import { join } from "node:path";
import type { Storage } from "../../storage/storage.ts";
import { openStudy } from "../../study/index.ts";
import { filesFolder, heldOutFolder, trialFolder } from "../trial-files.ts";
import { keptTrials } from "./kept-trials.ts";
import { oldHeldOutFiles, unknownTrials, uselessFiles } from "./left-over-files.ts";
import { type FileKinds, namesIn, type Removable, removableFiles, sizeOf } from "./removable.ts";

/** What of one study can go. */
export interface StudyRemoval {
  /** Null for a study that is no longer in the storage. */
  readonly study: string | null;
  readonly trials: number;
  readonly kept: number;
  readonly files: readonly Removable[];
}

export interface RemovalWish extends FileKinds {
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
    const kept = keptTrials(trials, study.metrics[0], wish.keep);
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
