/** How a database spells the column types that differ. */
export interface SqlTypes {
  /** Whole numbers up to 2^53. */
  readonly integer: string;
  /** Key of the study table, counting up and never used again. */
  readonly serial: string;
  /** Text that a table's rows are clustered by their key, or empty. */
  readonly clustered: string;
  /** Bytes. */
  readonly bytes: string;
}

export const SQLITE_TYPES: SqlTypes = {
  integer: "INTEGER",
  serial: "INTEGER PRIMARY KEY AUTOINCREMENT",
  clustered: " WITHOUT ROWID",
  bytes: "BLOB",
};

/** The tables of schema version 1. Times are ms since 1970 by the database's clock, bodies JSON text. */
export function schemaOne(types: SqlTypes): readonly string[] {
  const { integer, serial, clustered } = types;
  return [
    `CREATE TABLE study (id ${serial}, name TEXT NOT NULL, created_at ${integer} NOT NULL, deleted_at ${integer})`,
    "CREATE UNIQUE INDEX study_living_name ON study (name) WHERE deleted_at IS NULL",
    `CREATE TABLE event (study ${integer} NOT NULL, revision ${integer} NOT NULL, at ${integer} NOT NULL, body TEXT NOT NULL, ` +
      `PRIMARY KEY (study, revision))${clustered}`,
    `CREATE TABLE lease (study ${integer} NOT NULL, token TEXT NOT NULL, renewed ${integer} NOT NULL, expires ${integer} NOT NULL, ` +
      `PRIMARY KEY (study, token))${clustered}`,
    `CREATE TABLE tuning_time (study ${integer} PRIMARY KEY, total REAL NOT NULL, last ${integer} NOT NULL)`,
    `CREATE TABLE snapshot (study ${integer} PRIMARY KEY, format ${integer} NOT NULL, revision ${integer} NOT NULL, body TEXT NOT NULL)`,
  ];
}

/**
 * What schema version 2 adds: a snapshot's trials in blocks, of which each row is true from the last change of its block on, and old
 * events in compressed runs.
 */
export function schemaTwo({ integer, bytes }: SqlTypes): readonly string[] {
  return [
    `CREATE TABLE snapshot_block (study ${integer} NOT NULL, block ${integer} NOT NULL, revision ${integer} NOT NULL, ` +
      `body ${bytes} NOT NULL, PRIMARY KEY (study, block, revision))`,
    `CREATE TABLE event_run (study ${integer} NOT NULL, first ${integer} NOT NULL, last ${integer} NOT NULL, body ${bytes} NOT NULL, ` +
      "PRIMARY KEY (study, first))",
  ];
}
