import { closeSync, existsSync, linkSync, openSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { backup, type DatabaseSync } from "node:sqlite";
import { AttuneError } from "../../errors.ts";

/** Pages at once: all of them, so that the copy is of one moment and writers of other processes cannot make it begin again. */
const ALL_PAGES = 2_147_483_647;

/**
 * Writes all that is committed at this moment into a file of its own (mode 0600), by SQLite's backup. It appears under its name only
 * when it is whole.
 *
 * @throws AttuneError `invalid-argument` when there is something of that name.
 */
export async function copyStorage(database: DatabaseSync, to: string): Promise<void> {
  const file = resolve(to);
  if (existsSync(file)) throw taken(to);
  const partial = `${file}.${process.pid}.partial`;
  closeSync(openSync(partial, "wx", 0o600));
  try {
    await backup(database, partial, { rate: ALL_PAGES });
    linkSync(partial, file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") throw taken(to);
    throw error;
  } finally {
    for (const path of [partial, `${partial}-journal`, `${partial}-wal`, `${partial}-shm`])
      rmSync(path, { force: true });
  }
}

function taken(to: string): AttuneError {
  return new AttuneError("invalid-argument", `${to} is there already; name another file for the copy.`);
}
