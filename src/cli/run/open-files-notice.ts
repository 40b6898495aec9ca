import { statSync } from "node:fs";
import { filesFolder } from "../trial-files.ts";

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
