import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { orIfGone } from "./or-if-refused.ts";

/** Bytes on the disk of a file, or of a folder with all in it, 0 for what is gone; links are not followed. */
export function bytesOnDisk(path: string): number {
  const found = orIfGone(() => lstatSync(path, { throwIfNoEntry: false }), undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.blocks * 512;
  const inside = orIfGone(() => readdirSync(path), []);
  return inside.reduce((sum, name) => sum + bytesOnDisk(join(path, name)), 0);
}
