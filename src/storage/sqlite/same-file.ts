import { statSync } from "node:fs";
import { resolve } from "node:path";
import { AttuneError } from "../../errors.ts";

/**
 * Notes which file the name leads to; the answer throws an AttuneError once it leads to another one or to none. SQLite itself
 * goes on writing into a file that was removed, and all of it is lost at the end.
 */
export function sameFile(given: string): () => void {
  const file = resolve(given);
  const before = statSync(file);
  return () => {
    const now = statSync(file, { throwIfNoEntry: false });
    if (now?.ino === before.ino && now.dev === before.dev) return;
    const what = now === undefined ? "was removed or moved" : "was replaced by another file";
    throw new AttuneError(
      "storage-failed",
      `${given} ${what} while it was in use, so nothing more can be kept in it. Put the file back and run the same command again; ` +
        "without it the command begins anew.",
    );
  };
}
