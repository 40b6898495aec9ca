import type { DatabaseSync } from "node:sqlite";
import { faultPoint } from "../fault-point.ts";
import { isBusy, isFull } from "./sqlite-error.ts";

/** Free pages (4 kB each as a rule) that are worth a file's rewriting, and their least share of all. */
const MANY = 1_024;
const SHARE = 0.25;

function count(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0] ?? 0);
}

/**
 * Rewrites the file without its free pages when they are a large part of it; otherwise they wait to be used again. SQLite does it as one
 * transaction: a crash leaves the file as it was. While another process uses the file, or where there is no room for it, nothing happens.
 */
export function giveBackPages(database: DatabaseSync): void {
  const free = count(database, "freelist_count");
  if (free < MANY || free < SHARE * count(database, "page_count")) return;
  // The new content goes through a temporary file: in memory it might be more than there is.
  database.exec("PRAGMA temp_store = FILE");
  try {
    database.exec("VACUUM");
    faultPoint("migrate.vacuumed");
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (error) {
    if (!isBusy(error) && !isFull(error)) throw error;
  } finally {
    database.exec("PRAGMA temp_store = MEMORY");
  }
}
