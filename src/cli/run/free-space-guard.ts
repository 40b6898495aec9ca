import { existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { formatBytes } from "../../executor/format-bytes.ts";
import { defaultOf } from "../settings/table.ts";
import { storageFile } from "../storage-location.ts";

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
