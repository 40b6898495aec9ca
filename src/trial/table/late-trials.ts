import type { RowsPart } from "../list/rows-part.ts";
import type { Alike, TrialRows } from "../list/trial-rows.ts";
import { unlessDamaged } from "./column/unless-damaged.ts";
import type { PackedTrials } from "./packed-trials.ts";

/** Blocks that stay in memory of those that were looked at last. */
const KEPT = 4;

/** Packed trials of a block, numbered without gaps, that are read when somebody looks at them, and again once others were looked at. */
export class LateTrials implements RowsPart {
  readonly isLate = true;
  readonly first: number;
  readonly count: number;
  readonly #read: () => PackedTrials;
  /** Those of the same table that were read last, the newest last. */
  readonly #recent: LateTrials[];
  #packed: PackedTrials | null = null;
  #all: Alike = {};

  /** @param read the block, of bytes that are made anew each time: who looks at all rows gives them up afterwards. */
  constructor(first: number, count: number, read: () => PackedTrials, recent: LateTrials[]) {
    this.first = first;
    this.count = count;
    this.#read = read;
    this.#recent = recent;
  }

  /** For a look at some of them. AttuneError `storage-corrupt` for bytes that hold no block, or another one. */
  get whole(): PackedTrials {
    if (this.#packed !== null) return this.#packed;
    this.#packed = this.#load();
    this.#recent.push(this);
    if (this.#recent.length > KEPT) this.#recent.shift()!.#packed = null;
    return this.#packed;
  }

  /** As it was at the last look at all of them. */
  get all(): Alike {
    return this.#all;
  }

  look<T>(use: (rows: TrialRows) => T): T {
    if (this.#packed !== null) return use(this.#packed.rows());
    const packed = this.#load();
    const rows = packed.rows();
    const answer = use(rows);
    this.#all = rows.all;
    // They lie outside of the heap by whose growth garbage is collected: block after block they would stay for long.
    if (packed.bytes.buffer instanceof ArrayBuffer) packed.bytes.buffer.transfer(0);
    return answer;
  }

  #load(): PackedTrials {
    return unlessDamaged(() => {
      const packed = this.#read();
      if (packed.count !== this.count) throw new SyntaxError("a block of other trials than its study's");
      return packed;
    });
  }
}
