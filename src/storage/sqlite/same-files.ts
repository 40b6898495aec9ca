import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { AttuneError } from "../../errors.ts";
import { linkedFile } from "./linked-file.ts";

/** Ms after which it is looked even where nothing seems to have changed: a clock may be coarse. */
const LOOK_MS = 1_000;

/** The name of the file beside a storage that holds its newest commits while it is in use, and after a kill. */
export function walFile(file: string): string {
  return `${file}-wal`;
}

/**
 * Notes which files an open storage consists of, the main one and its write-ahead log; the answer throws an AttuneError once a name
 * leads to another file or to none. SQLite itself goes on writing into files that were removed, and all of it is lost at the end.
 */
export function sameFiles(given: string): () => void {
  const main = resolve(given);
  const wal = walFile(resolve(linkedFile(given)));
  const [mainBefore, walBefore] = [statSync(main), statSync(wal, { throwIfNoEntry: false })];
  const look = (): void => {
    const now = statSync(main, { throwIfNoEntry: false });
    if (now?.ino !== mainBefore.ino || now.dev !== mainBefore.dev) {
      throw gone(given, now === undefined, "without it the command begins anew.");
    }
    if (walBefore === undefined) return;
    const log = statSync(wal, { throwIfNoEntry: false });
    if (log?.ino !== walBefore.ino || log.dev !== walBefore.dev) {
      throw gone(walFile(given), log === undefined, `without it, what ${given} holds is all but the last second.`);
    }
  };
  // A link may be turned elsewhere in a folder of its own.
  return main === resolve(linkedFile(given)) ? whenChanged(dirname(main), look) : look;
}

/** Looks only when the folder's entries have changed, which takes one system call to see, and once a second. */
function whenChanged(folder: string, look: () => void): () => void {
  let [seen, lookedAt] = ["", Number.NEGATIVE_INFINITY];
  return () => {
    const stat = statSync(folder, { throwIfNoEntry: false });
    const state = stat === undefined ? "gone" : `${stat.ino} ${stat.mtimeMs}`;
    const now = performance.now();
    if (state === seen && now - lookedAt < LOOK_MS) return;
    look();
    [seen, lookedAt] = [state, now];
  };
}

function gone(what: string, removed: boolean, otherwise: string): AttuneError {
  const happened = removed ? "was removed or moved" : "was replaced by another file";
  return new AttuneError(
    "storage-failed",
    `${what} ${happened} while it was in use, so nothing more can be kept in it. Put the file back and run the same command again; ` +
      otherwise,
  );
}
