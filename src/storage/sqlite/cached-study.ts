import { evolve } from "../../trial/evolve/evolve.ts";
import { changedBlocks } from "../../trial/evolve/snapshot.ts";
import type { StudyState } from "../../trial/study-state.ts";
import { parseEvent } from "./parse-event.ts";

/** An event as the table holds it. */
export interface EventRow {
  readonly revision: number;
  readonly at: number;
  readonly body: string;
}

/** Rows kept so that what a client missed need not be read again. */
const RECENT = 1_024;
/** Characters of their texts: a row with many reports may have a million. */
const RECENT_CHARACTERS = 1_048_576;

/** A study's state in memory, with its newest rows. */
export class CachedStudy {
  readonly state: StudyState;
  snapshotRevision: number;
  #recent: EventRow[] = [];
  #characters = 0;

  /** `state` as the snapshot has it, empty without one. */
  constructor(state: StudyState) {
    this.state = state;
    this.snapshotRevision = state.revision;
  }

  get sinceSnapshot(): number {
    return this.state.revision - this.snapshotRevision;
  }

  /** Number of the blocks that changed since the snapshot. */
  get changedBlocks(): number {
    return changedBlocks(this.state, this.snapshotRevision).length;
  }

  /** Brings the state forward; AttuneError `storage-corrupt` when rows are missing or unreadable (SyntaxError for bad JSON). */
  apply(rows: readonly EventRow[]): void {
    for (const row of rows) {
      evolve(this.state, { revision: row.revision, at: row.at, event: parseEvent(row.body) });
      this.#recent.push(row);
      this.#characters += row.body.length;
      if (this.#recent.length > 2 * RECENT || this.#characters > 2 * RECENT_CHARACTERS) this.#forgetOld();
    }
  }

  /** The rows newer than `known`, or null when some of them are kept no longer. */
  rowsAfter(known: number): readonly EventRow[] | null {
    const count = this.state.revision - known;
    if (count > this.#recent.length) return null;
    return count === 0 ? [] : this.#recent.slice(-count);
  }

  /** Half of what is kept at most, and the newest row in any case. */
  #forgetOld(): void {
    let first = this.#recent.length;
    let characters = 0;
    do {
      first -= 1;
      characters += this.#recent[first]!.body.length;
    } while (
      first > this.#recent.length - RECENT &&
      characters + (this.#recent[first - 1]?.body.length ?? 0) <= RECENT_CHARACTERS
    );
    this.#recent = this.#recent.slice(first);
    this.#characters = characters;
  }
}
