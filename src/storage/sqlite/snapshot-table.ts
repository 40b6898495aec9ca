import {
  type BlockReader,
  blockBody,
  blockRevisions,
  REPORT_BLOCKS,
  SNAPSHOT_FORMAT,
  stateHead,
  TRIALS_PER_BLOCK,
} from "../../trial/evolve/snapshot.ts";
import type { StudyState } from "../../trial/study-state.ts";
import { faultPoint } from "../fault-point.ts";
import { compress, decompress, decompressShared } from "./compressed.ts";
import type { Prepared } from "./prepared.ts";

/** Blocks of trials written in one transaction at most, and bytes of reports: commands wait while they are packed. */
const BLOCKS_AT_ONCE = 2;
const REPORT_BYTES_AT_ONCE = 1_048_576;

interface BlockKey {
  readonly block: number;
  readonly revision: number;
}

/** A snapshot as it is stored: its head's text, and its blocks by number, of trials and then of reports. */
export interface StoredSnapshot {
  readonly revision: number;
  readonly head: string;
  readonly blocks: readonly Uint8Array[];
}

/** No block has that number, and no event that revision. */
const NO_BLOCK = Number.MAX_SAFE_INTEGER;
const NEWEST = Number.MAX_SAFE_INTEGER;

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

  /** The newest one, or null when there is none of the format known here; its blocks of trials are kept for who takes them. Threads may share them. */
  load(study: number): StoredSnapshot | null {
    const trials = this.take(study);
    if (trials === null) return null;
    this.#loaded.set(study, trials);
    return { ...trials, blocks: [...trials.blocks, ...this.#blocks(study, trials.revision, REPORT_BLOCKS, NO_BLOCK)] };
  }

  /** As `load`, without the blocks of reports; what was loaded is read again only if there is a newer one, and kept no longer. */
  take(study: number): StoredSnapshot | null {
    const loaded = this.#loaded.get(study);
    this.#loaded.delete(study);
    return loaded !== undefined && loaded.revision === this.revision(study) ? loaded : this.#read(study);
  }

  #read(study: number): StoredSnapshot | null {
    const head = this.head(study);
    if (head === null) return null;
    const { revision, body } = head;
    return { revision, head: body, blocks: this.#blocks(study, revision, 0, REPORT_BLOCKS) };
  }

  /** The bodies of the blocks with numbers from `from` to before `to`, as they were at a revision. */
  #blocks(study: number, revision: number, from: number, to: number): readonly Uint8Array[] {
    const rows = this.#sql.iterate<{ readonly body: Uint8Array<ArrayBuffer> }>(
      "snapshotBlocks",
      study,
      revision,
      from,
      to,
    );
    return Array.from(rows, ({ body }) => decompressShared(body));
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
   * What reads the blocks of a snapshot of that revision, of so many trials and so many blocks of their reports, in the transaction in which it was
   * asked for; null where not all are there.
   */
  reader(study: number, trials: number, reports: number, revision: number): BlockReader | null {
    const keys = this.#sql.all<BlockKey>("blockKeys", study).filter((key) => key.revision <= revision);
    const there = new Set(keys.map(({ block }) => block));
    for (let block = 0; block * TRIALS_PER_BLOCK < trials; block++) if (!there.has(block)) return null;
    for (let block = 0; block < reports; block++) if (!there.has(REPORT_BLOCKS + block)) return null;
    return this.readerOf(study, revision);
  }

  /** What reads blocks as they were at a revision, or as their newest rows have them. SyntaxError for one that is not there. */
  readerOf(study: number, revision: number = NEWEST): BlockReader {
    return (block) => this.#fresh(study, block, revision);
  }

  #fresh(study: number, block: number, revision: number): Uint8Array {
    const row = this.#sql.get<{ readonly body: Uint8Array<ArrayBuffer> }>("snapshotBlock", study, block, revision);
    if (row === undefined) throw new SyntaxError(`block ${block} of a snapshot is not there`);
    const plain = decompress(row.body);
    // See `decompressShared`.
    row.body.buffer.transfer(0);
    return plain;
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
    const changed = blockRevisions(state);
    const written = this.revision(study) > 0 ? null : (this.#written.get(study) ?? new Set());
    if (written !== null) this.#written.set(study, written);
    const isStored = (key: BlockKey): boolean =>
      key.revision >= (changed.get(key.block) ?? 0) && (written === null || written.has(nameOf(key)));
    const stored = new Set(keys.filter(isStored).map(({ block }) => block));
    const missing = [...changed.keys()].filter((block) => !stored.has(block));
    const replaced = new Set(this.#writeBlocks(study, state, missing));
    for (const block of replaced) written?.add(nameOf({ block, revision: state.revision }));
    if (replaced.size < missing.length) return false;
    this.#sql.run("setSnapshot", study, SNAPSHOT_FORMAT, state.revision, JSON.stringify(stateHead(state)));
    faultPoint("snapshot.head-written");
    for (const key of keys) {
      const { block, revision } = key;
      const isReplaced = replaced.has(block) && revision === state.revision;
      if (!isStored(key) && !isReplaced) this.#sql.run("dropBlock", study, block, revision);
    }
    this.#written.delete(study);
    faultPoint("snapshot.written");
    return true;
  }

  /** As many of them as go into one transaction; answers which. */
  #writeBlocks(study: number, state: StudyState, missing: readonly number[]): readonly number[] {
    let [trials, reports] = [0, 0];
    const done: number[] = [];
    for (const block of missing) {
      if (trials >= BLOCKS_AT_ONCE || reports >= REPORT_BYTES_AT_ONCE) break;
      const body = blockBody(state, block);
      this.#sql.run("insertBlock", study, block, state.revision, compress(body));
      if (block < REPORT_BLOCKS) trials += 1;
      else reports += body.length;
      done.push(block);
      faultPoint("snapshot.block-written");
    }
    return done;
  }
}

function nameOf({ block, revision }: BlockKey): string {
  return `${block} at ${revision}`;
}
