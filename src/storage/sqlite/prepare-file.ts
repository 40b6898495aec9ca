import { closeSync, linkSync, openSync, rmSync, type Stats, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { AttuneError } from "../../errors.ts";
import { faultPoint } from "../fault-point.ts";
import { linkedFile } from "./linked-file.ts";
import { networkFileSystemOf } from "./network-file-system.ts";
import { walFile } from "./same-files.ts";

/** Set to `allow` to put a storage on a network file system all the same. */
export const NETWORK_SWITCH = "ATTUNE_NETWORK_STORAGE";

/** What the path leads to, or null when there is nothing; other troubles are errors. */
function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

/**
 * Checks the place of a storage's file and creates an empty one (mode 0600) where there is none. AttuneError when it is a
 * folder, its folder is missing, or it lies on a network file system.
 */
export function prepareFile(
  given: string,
  fileSystemOf: (folder: string) => string | null = networkFileSystemOf,
): string {
  const file = resolve(linkedFile(given));
  const found = statOf(file);
  if (found?.isDirectory()) {
    throw new AttuneError(
      "storage-not-a-database",
      `${given} is a folder; name a file in it, such as ${given}/attune.db.`,
    );
  }
  if (found !== null && !found.isFile()) {
    throw new AttuneError("storage-not-a-database", `${given} is not a plain file; name a file, such as attune.db.`);
  }
  const folder = dirname(file);
  if (found === null && !statOf(folder)?.isDirectory()) {
    throw new AttuneError("storage-failed", `The folder ${folder} does not exist; create it, or name another file.`);
  }
  checkFileSystem(given, fileSystemOf(folder));
  if (found === null || found.size === 0) refuseOrphan(given, file);
  if (found === null) createEmpty(file);
  return file;
}

/** SQLite removes a log without its main file, and with it the newest part of a storage that was moved, copied or removed. */
function refuseOrphan(given: string, file: string): void {
  if ((statOf(walFile(file))?.size ?? 0) === 0) return;
  // Another process may have made both since: its main file is written before its log.
  const main = statOf(file);
  if (main !== null && main.size > 0) return;
  const without = main === null ? "is not there" : "is empty";
  throw new AttuneError(
    "storage-failed",
    `${given} ${without}, but ${walFile(given)} holds the newest part of a storage of that name. Put the file back beside it, or move ` +
      `${walFile(given)} away to begin anew.`,
  );
}

function checkFileSystem(given: string, name: string | null): void {
  if (name === null || process.env[NETWORK_SWITCH] === "allow") return;
  throw new AttuneError(
    "storage-network",
    `${given} lies on a network file system (${name}), whose locks cannot be trusted: two machines could damage the file. ` +
      `Name a file on a local disk, or set ${NETWORK_SWITCH}=allow if only this machine uses it.`,
    { data: { fileSystem: name } },
  );
}

/**
 * Made aside and linked: closing a descriptor of the database file itself would drop the locks that another
 * connection of this process holds on it.
 */
function createEmpty(file: string): void {
  const aside = `${file}.${process.pid}.${performance.now().toString(36).replace(".", "")}.new`;
  closeSync(openSync(aside, "wx", 0o600));
  try {
    linkSync(aside, file);
  } catch (error) {
    // Another process was first, or there are no hard links here.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) closeSync(openSync(file, "a", 0o600));
  } finally {
    rmSync(aside, { force: true });
  }
  faultPoint("open.created");
}
