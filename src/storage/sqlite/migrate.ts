import { closeSync, existsSync, openSync, renameSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { AttuneError } from "../../errors.ts";
import { faultPoint } from "../fault-point.ts";
import type { Migration } from "./migrations/migration.ts";
import { notADatabase } from "./sqlite-error.ts";

/** "Attu" as a number: marks a file as a storage of Attune. */
export const APPLICATION_ID = 0x41747475;

export interface SchemaMark {
  readonly applicationId: number;
  readonly version: number;
  readonly tables: number;
}

function scalar(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get()!)[0]);
}

/** What the file says of itself, all of one moment: another process may be creating the schema just now. */
export function readMark(database: DatabaseSync): SchemaMark {
  const own = !database.isTransaction;
  if (own) database.exec("BEGIN");
  try {
    return {
      tables: scalar(database, "SELECT COUNT(*) FROM sqlite_schema"),
      applicationId: scalar(database, "PRAGMA application_id"),
      version: scalar(database, "PRAGMA user_version"),
    };
  } finally {
    if (own && database.isTransaction) database.exec("COMMIT");
  }
}

/** AttuneError when the file is another program's, or made by a newer Attune; reads only. */
export function checkMark(file: string, mark: SchemaMark, newest: number): void {
  if (mark.applicationId !== APPLICATION_ID && (mark.applicationId !== 0 || mark.tables > 0)) {
    throw new AttuneError("storage-not-a-database", notADatabase(file));
  }
  if (mark.version > newest) {
    throw new AttuneError(
      "storage-newer",
      `${file} was written by a newer Attune (schema ${mark.version}; this one knows up to ${newest}). Update Attune, or name another file.`,
      { data: { found: mark.version, newest } },
    );
  }
}

/**
 * Brings the file to the newest schema. Before anything is changed a backup is written beside it; all steps are one
 * transaction, so that the file is at the old version or at the new one. Answers the backup's path, null when none was needed.
 */
export function migrate(
  database: DatabaseSync,
  file: string,
  migrations: readonly Migration[],
  now: number,
): string | null {
  const newest = Math.max(...migrations.map(({ to }) => to));
  const before = readMark(database);
  checkMark(file, before, newest);
  if (before.version === newest) return null;
  const backup = before.version === 0 ? null : backUp(database, file, before.version, now);
  database.exec("BEGIN IMMEDIATE");
  try {
    faultPoint("migrate.begun");
    const { version } = readMark(database);
    for (const migration of migrations) {
      if (migration.to <= version) continue;
      migration.up(database);
      faultPoint("migrate.step");
    }
    if (version < newest) database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${newest}`);
    faultPoint("migrate.versioned");
    database.exec("COMMIT");
  } finally {
    if (database.isTransaction) database.exec("ROLLBACK");
  }
  faultPoint("migrate.committed");
  // A main file that is taken away alone should at least say what it is.
  database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  return backup;
}

function backUp(database: DatabaseSync, file: string, version: number, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const wanted = `${file}.backup-v${version}-${stamp}`;
  let path = wanted;
  for (let n = 2; existsSync(path); n++) path = `${wanted}-${n}`;
  const partial = `${path}.${process.pid}.partial`;
  closeSync(openSync(partial, "w", 0o600));
  try {
    faultPoint("migrate.backup-begun");
    database.prepare("VACUUM INTO ?").run(partial);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
  faultPoint("migrate.backed-up");
  return path;
}
