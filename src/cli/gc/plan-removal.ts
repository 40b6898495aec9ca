import { join } from "node:path";
import type { Storage } from "../../storage/storage.ts";
import { openStudy } from "../../study/index.ts";
import { filesFolder, trialFolder } from "../trial-files.ts";
import { keptTrials } from "./kept-trials.ts";
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
    const study = await openStudy({ name, storage });
    const trials = study.trials();
    const kept = keptTrials(trials, study.metrics[0], wish.keep);
    const files = trials
      .filter(({ number }) => !kept.has(number))
      .flatMap(({ number }) => removableFiles(trialFolder(location, id, number), wish));
    removals.push({ study: name, trials: trials.length, kept: kept.size, files });
  }
  if (wish.study !== null || !(wish.logs && wish.checkpoints)) return removals;
  const orphans = folders.filter((folder) => !known.has(folder)).map((folder) => join(filesFolder(location), folder));
  if (orphans.length === 0) return removals;
  const files = orphans.map((path) => ({ path, bytes: sizeOf(path) }));
  return [...removals, { study: null, trials: 0, kept: 0, files }];
}
