import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What of a trial's files is meant: its logs, its checkpoints. Whatever else there is goes when both do. */
export interface FileKinds {
  readonly logs: boolean;
  readonly checkpoints: boolean;
}

/** Something that can be removed, and what it takes on the disk in bytes. */
export interface Removable {
  readonly path: string;
  readonly bytes: number;
}

/** The files of a trial's folder that are of these kinds; none where there is no such folder. */
export function removableFiles(trialFolder: string, kinds: FileKinds): readonly Removable[] {
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
export function sizeOf(path: string): number {
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
