import { DatabaseSync } from "node:sqlite";
import { faultPoint } from "../fault-point.ts";
import { giveBackPages } from "./give-back-pages.ts";
import { checkMark, migrate, readMark } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import type { Migration } from "./migrations/migration.ts";
import { prepareFile } from "./prepare-file.ts";
import type { Retry } from "./retry.ts";
import { storageError } from "./sqlite-error.ts";

/**
 * `full`: a resolved command survives the loss of power. `normal`: it survives the death of the process, and the file
 * stays whole whatever happens, but the last moments before a loss of power may be missing.
 */
export type Synchronous = "full" | "normal";

export interface OpenOptions {
  readonly synchronous: Synchronous;
  readonly migrations?: readonly Migration[];
}

/** Ms that SQLite itself waits for a lock; the patience beyond lies with the callers' retries, which leave the thread free. */
const OWN_WAIT = 5;
/** Bytes the write-ahead log keeps after a checkpoint. */
const WAL_LIMIT = 4 * 1024 * 1024;

/** Opens the file, creates or migrates its schema. All errors are AttuneErrors `storage-*`; a file that is refused is not touched. */
export async function openDatabase(given: string, options: OpenOptions, retry: Retry): Promise<DatabaseSync> {
  try {
    const file = prepareFile(given);
    const database = new DatabaseSync(file, { timeout: OWN_WAIT });
    try {
      const migrations = options.migrations ?? MIGRATIONS;
      await retry.run(() => checkMark(given, readMark(database), migrations.at(-1)!.to));
      await retry.run(() => database.exec("PRAGMA journal_mode = WAL"));
      faultPoint("open.wal");
      database.exec(
        `PRAGMA synchronous = ${options.synchronous}; PRAGMA journal_size_limit = ${WAL_LIMIT}; PRAGMA temp_store = MEMORY`,
      );
      const backup = await retry.run(() => migrate(database, file, migrations, Date.now()));
      if (backup !== null) giveBackPages(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw storageError(given, error);
  }
}
