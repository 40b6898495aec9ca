import type { StudyEvent } from "../../trial/event.ts";
import { TRIALS_PER_BLOCK, trialsOfBlock } from "../../trial/evolve/snapshot.ts";
import type { Trial } from "../../trial/trial.ts";
import type { SnapshotTable } from "./snapshot-table.ts";

type BlockLookup = ReturnType<typeof trialsOfBlock>;

const NOTHING: BlockLookup = { view: () => null, trial: () => null };

/** Trials as a snapshot has them, each block read when one of its trials is asked for. */
export class StoredTrials {
  readonly #read: (block: number) => BlockLookup;
  readonly #changed = new Set<number>();
  #block = -1;
  #found: BlockLookup = NOTHING;

  /** `events` are those after the snapshot, which is of that revision. */
  constructor(snapshots: SnapshotTable, study: number, revision: number, events: readonly StudyEvent[]) {
    this.#read = (block) => {
      const body = snapshots.block(study, block, revision);
      return body === null ? NOTHING : trialsOfBlock(body, (reports) => snapshots.readerOf(study, revision)(reports));
    };
    for (const event of events) if ("trial" in event && event.trial !== null) this.#changed.add(event.trial);
  }

  /** To look at some fields of; null for a trial that changed after the snapshot. */
  view(number: number): Trial | null {
    return this.#blockOf(number).view(number);
  }

  /** The same as a whole. */
  trial(number: number): Trial | null {
    return this.#blockOf(number).trial(number);
  }

  #blockOf(number: number): BlockLookup {
    if (this.#changed.has(number)) return NOTHING;
    const block = Math.floor(number / TRIALS_PER_BLOCK);
    if (block !== this.#block) {
      this.#found = this.#read(block);
      this.#block = block;
    }
    return this.#found;
  }
}
