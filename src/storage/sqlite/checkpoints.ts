import type { DatabaseSync } from "node:sqlite";
import { storageError } from "./sqlite-error.ts";

/** Ms that a commit may be in the write-ahead log alone: at a hundred trials a second, a hundred of them. */
const LONGEST = 1_000;

/**
 * Brings what was committed from the write-ahead log into the main file, soon after it was written: people copy and move `attune.db`
 * without the files beside it, and after a kill nobody closes it.
 */
export class Checkpoints {
  readonly #database: DatabaseSync;
  readonly #location: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: DatabaseSync, location: string) {
    this.#database = database;
    this.#location = location;
  }

  /** A transaction was committed. */
  committed(): void {
    this.#timer ??= setTimeout(() => this.#now(), LONGEST).unref();
  }

  /** Nothing more is written by this connection. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #now(): void {
    this.end();
    try {
      // Passive: it waits for nobody. What another connection still reads or writes is left to the next one.
      this.#database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (error) {
      // All of it is safe in the log. A disk that is full or gone will be told by the next write.
      const shown = storageError(this.#location, error);
      if (!(shown instanceof Error)) throw error;
    }
  }
}
