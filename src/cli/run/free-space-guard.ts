import { statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { formatBytes } from "../../executor/format-bytes.ts";
import { storageFile } from "../storage-location.ts";

/** Kept free unless told otherwise; on a small disk a twentieth of it. */
const DEFAULT_FREE = 100e6;
const SMALL_DISK_SHARE = 0.05;

/**
 * Asked before each trial begins: a sentence when the disk of the storage (where logs and checkpoints go too) or of the working
 * folder has less than `wanted` bytes left, else null.
 *
 * @param wanted - bytes, 0 for no guard, undefined for the default.
 */
export function freeSpaceGuard(location: string, wanted: number | undefined): () => Promise<string | null> {
  const file = storageFile(location);
  const folders = [...new Set([resolve("."), ...(file === null ? [] : [dirname(resolve(file))])])];
  return async () => {
    if (wanted === 0) return null;
    for (const folder of folders) {
      // At once: the way through the thread pool takes far longer than the question itself.
      const { bavail, blocks, bsize } = statfsSync(folder);
      const least = wanted ?? Math.min(DEFAULT_FREE, blocks * bsize * SMALL_DISK_SHARE);
      if (bavail * bsize >= least) continue;
      return (
        `Only ${formatBytes(bavail * bsize)} are free on the disk of ${folder}, less than the ${formatBytes(least)} to be left (--min-free): ` +
        "no new trial begins. Free some space (attune gc shows what can go) and run the same command again."
      );
    }
    return null;
  };
}
