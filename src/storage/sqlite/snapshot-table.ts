import {
  type BlockReader,
  blockBody,
  SNAPSHOT_FORMAT,
  stateHead,
  TRIALS_PER_BLOCK,
} from "../../trial/evolve/snapshot.ts";
import type { StudyState } from "../../trial/study-state.ts";
import { faultPoint } from "../fault-point.ts";
import { compress, decompress, decompressShared } from "./compressed.ts";
import type { Prepared } from "./prepared.ts";

/** Blocks written in one transaction at most: commands wait while they are packed. */
const BLOCKS_AT_ONCE = 2;

interface BlockKey {
  readonly block: number;
  readonly revision: number;
}

/** A snapshot as it is stored: its head's text, and its blocks by number. */
export interface StoredSnapshot {
  readonly revision: number;
  readonly head: string;
  readonly blocks: readonly Uint8Array[];
}

/**
 * Snapshots in the file: a head for each study and rows of blocks, each with the revision it was made at. A row is true from the last
 * change of its block on, so that rows can be written one after another while the study goes on; the head comes last, in one transaction with
 * the rows that are still missing, and reads the newest row of each block up to its own revision.
 */
export class SnapshotTable {
  readonly #sql: Prepared;

  readonly #loaded = new Map<number, StoredSnapshot>();
  /** Rows written of a study's first snapshot in this format: others may be of another one, and are not read. */
  readonly #written = new Map<number, Set<string>>();

  constructor(sql: Prepared) {
    this.#sql = sql;
  }

  /** The newest one, or null when there is none of the format known here; kept for who takes it. Threads may share its blocks. */
  load(study: number): StoredSnapshot | null {
    const snapshot = this.take(study);
    if (snapshot !== null) this.#loaded.set(study, snapshot);
    return snapshot;
  }

  /** As `load`; what was loaded is read again only if there is a newer one, and kept no longer. */
  take(study: number): StoredSnapshot | null {
    const loaded = this.#loaded.get(study);
    this.#loaded.delete(study);
    return loaded !== undefined && loaded.revision === this.revision(study) ? loaded : this.#read(study);
  }

  #read(study: number): StoredSnapshot | null {
    const head = this.head(study);
    if (head === null) return null;
    const rows = this.#sql.iterate<{ readonly body: Uint8Array<ArrayBuffer> }>("snapshotBlocks", study, head.revision);
    const blocks = Array.from(rows, ({ body }) => decompressShared(body));
    return { revision: head.revision, head: head.body, blocks };
  }

  /** The head of the newest one, or null. */
  head(study: number): { readonly revision: number; readonly body: string } | null {
    return this.#sql.get("snapshot", study, SNAPSHOT_FORMAT) ?? null;
  }

  /** The body of one block of the snapshot of that revision, or null. */
  block(study: number, block: number, revision: number): Uint8Array | null {
    const row = this.#sql.get<{ readonly body: Uint8Array }>("snapshotBlock", study, block, revision);
    return row === undefined ? null : decompress(row.body);
  }

  /**
   * What reads the blocks of so many trials of the snapshot of that revision, in the transaction in which it was asked for; null where not
   * all are there.
   */
  reader(study: number, trials: number, revision: number): BlockReader | null {
    const keys = this.#sql.all<BlockKey>("blockKeys", study).filter((key) => key.revision <= revision);
    const there = new Set(keys.map(({ block }) => block));
    for (let block = 0; block * TRIALS_PER_BLOCK < trials; block++) if (!there.has(block)) return null;
    return (block) => {
      const { body } = this.#sql.get<{ readonly body: Uint8Array<ArrayBuffer> }>(
        "snapshotBlock",
        study,
        block,
        revision,
      )!;
      const plain = decompress(body);
      // See `decompressShared`.
      body.buffer.transfer(0);
      return plain;
    };
  }

  /** Revision of the newest one; 0 when there is none. */
  revision(study: number): number {
    return this.#sql.get<{ readonly revision: number }>("snapshotRevision", study, SNAPSHOT_FORMAT)?.revision ?? 0;
  }

  /**
   * Writes a part of the snapshot of the newest state, which `state` must be; answers whether it is whole. Write, in a transaction of
   * its own.
   */
  step(study: number, state: StudyState): boolean {
    if (this.revision(study) >= state.revision) return true;
    const keys = this.#sql.all<BlockKey>("blockKeys", study);
    const changed = state.tables.blockRevisions;
    const written = this.revision(study) > 0 ? null : (this.#written.get(study) ?? new Set());
    if (written !== null) this.#written.set(study, written);
    const isStored = (key: BlockKey): boolean =>
      key.revision >= (changed[key.block] ?? 0) && (written === null || written.has(nameOf(key)));
    const stored = new Set(keys.filter(isStored).map(({ block }) => block));
    const missing = [...changed.keys()].filter((block) => !stored.has(block));
    for (const block of missing.slice(0, BLOCKS_AT_ONCE)) {
      this.#sql.run("insertBlock", study, block, state.revision, compress(blockBody(state, block)));
      written?.add(nameOf({ block, revision: state.revision }));
      faultPoint("snapshot.block-written");
    }
    if (missing.length > BLOCKS_AT_ONCE) return false;
    this.#sql.run("setSnapshot", study, SNAPSHOT_FORMAT, state.revision, JSON.stringify(stateHead(state)));
    faultPoint("snapshot.head-written");
    for (const key of keys) {
      const { block, revision } = key;
      const isReplaced = missing.includes(block) && revision === state.revision;
      if (!isStored(key) && !isReplaced) this.#sql.run("dropBlock", study, block, revision);
    }
    this.#written.delete(study);
    faultPoint("snapshot.written");
    return true;
  }
}

function nameOf({ block, revision }: BlockKey): string {
  return `${block} at ${revision}`;
}
