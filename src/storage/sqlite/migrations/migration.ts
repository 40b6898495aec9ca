import type { DatabaseSync } from "node:sqlite";

/** Brings a file from schema version `to - 1` to `to`, inside one transaction. */
export interface Migration {
  readonly to: number;
  up(database: DatabaseSync): void;
}
