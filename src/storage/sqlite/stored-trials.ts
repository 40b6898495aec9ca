import { TRIALS_PER_BLOCK, trialsOfBlock } from "../../trial/evolve/snapshot.ts";
import type { Trial } from "../../trial/trial.ts";
import type { EventRow } from "./cached-study.ts";
import { parseEvent } from "./parse-event.ts";
import type { SnapshotTable } from "./snapshot-table.ts";

/** Trials as a snapshot has them, each block read when one of its trials is asked for. */
export class StoredTrials {
  readonly #read: (block: number) => (number: number) => Trial | null;
  readonly #changed = new Set<number>();
  #block = -1;
  #find: (number: number) => Trial | null = () => null;

  /** `rows` are the events after the snapshot. */
  constructor(snapshots: SnapshotTable, study: number, revision: number, rows: readonly EventRow[]) {
    this.#read = (block) => {
      const body = snapshots.block(study, block, revision);
      return body === null ? () => null : trialsOfBlock(body);
    };
    for (const { body } of rows) {
      const event = parseEvent(body);
      if ("trial" in event && event.trial !== null) this.#changed.add(event.trial);
    }
  }

  /** Null for a trial that changed after the snapshot. */
  find(number: number): Trial | null {
    if (this.#changed.has(number)) return null;
    const block = Math.floor(number / TRIALS_PER_BLOCK);
    if (block !== this.#block) {
      this.#find = this.#read(block);
      this.#block = block;
    }
    return this.#find(number);
  }

  /** How many trials the study has by now. */
  count(inSnapshot: number): number {
    let count = inSnapshot;
    for (const number of this.#changed) count = Math.max(count, number + 1);
    return count;
  }
}
