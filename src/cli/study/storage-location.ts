import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { AttuneError } from "../../errors.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import { storageFile } from "../../record/study-files.ts";

/** Where studies are kept unless it is said. */
const DEFAULT_STORAGE = "attune.db";

/** Where studies are kept: what was given, else ATTUNE_STORAGE, else `attune.db` in the working folder. */
export function storageLocation(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const fromEnvironment = environment.ATTUNE_STORAGE;
  return given ?? (fromEnvironment === undefined || fromEnvironment === "" ? DEFAULT_STORAGE : fromEnvironment);
}

/**
 * Refuses to look into a storage that is not there, so that a typing mistake does not make an empty file.
 *
 * @throws AttuneError `unknown-study`.
 */
export function requireStorage(location: string): void {
  const file = storageFile(location);
  if (file === null) return;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found !== undefined && (found.size > 0 || !found.isFile())) return;
  if (found !== undefined)
    throw new AttuneError(
      "unknown-study",
      `The storage ${resolve(file)} is empty. If it was copied or moved: what is newest in a storage lies in the file ${basename(file)}-wal ` +
        "beside it while it is in use, and after a kill. Bring both, or copy it with attune storage copy.",
    );
  throw new AttuneError(
    "unknown-study",
    `There is no storage ${resolve(file)}. Begin a study with attune run, go to its folder, or name its storage with --storage FILE.`,
  );
}

/** The option that names a storage, with a blank before it, for a command line to paste; empty for the one that is meant without. */
export function storageWords(location: string): string {
  return location === DEFAULT_STORAGE ? "" : ` --storage ${quoteWord(location)}`;
}
