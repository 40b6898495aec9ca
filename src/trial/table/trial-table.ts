import type { TrialRecord } from "../evolve/trial-record.ts";
import type { RowsPart } from "../list/rows-part.ts";
import { LateTrials } from "./late-trials.ts";
import { PackedTrials } from "./packed-trials.ts";
import { ReportShelf } from "./report-shelf.ts";
import { TRIALS_PER_BLOCK, TrialBlock } from "./trial-block.ts";

/**
 * All trials of a study by number; numbers are contiguous. A record that is read may be a copy and is never to be changed: who
 * changes a trial asks for it by `change`, and says `changed` when that is done. Ended ones are held in columns, about 120 bytes of
 * a trial with ten numbers, and their records made for whoever asks.
 */
export class TrialTable implements Iterable<TrialRecord> {
  readonly #blocks: TrialBlock[] = [];
  #length = 0;
  /** Of the blocks that are read late, those that were looked at last. */
  readonly #recent: LateTrials[] = [];
  /** The reports of ended ones. */
  readonly shelf = new ReportShelf();
  readonly #loose: number;

  /** @param loose how many of the newest blocks stay records besides the one or two that are left alone anyway: packing takes a tenth of a trial's time, records 1.3 kB each. */
  constructor(loose = 0) {
    this.#loose = loose;
  }

  get length(): number {
    return this.#length;
  }

  get(number: number): TrialRecord | undefined {
    return this.#blocks[Math.floor(number / TRIALS_PER_BLOCK)]?.get(number);
  }

  /** Files the trial with the next number. */
  add(record: TrialRecord): void {
    const place = Math.floor(record.number / TRIALS_PER_BLOCK);
    (this.#blocks[place] ?? this.#begin(place)).file(record);
    this.#length++;
  }

  /** The record to be changed in place, or undefined when the number is not taken. */
  change(number: number): TrialRecord | undefined {
    return this.#blocks[Math.floor(number / TRIALS_PER_BLOCK)]?.change(number);
  }

  /** Says that the record of `change` is as it is to be now. */
  changed(record: TrialRecord): void {
    record.shown = null;
    const place = Math.floor(record.number / TRIALS_PER_BLOCK);
    this.#blocks[place]!.file(record);
    this.#tidy(place);
  }

  /** Takes over the packed trials of the next block. SyntaxError for bytes that hold none. */
  hold(bytes: Uint8Array): void {
    const packed = new PackedTrials(bytes, this.shelf);
    this.#blocks.push(new TrialBlock(packed, this.#blocks.length * TRIALS_PER_BLOCK, this.shelf));
    this.#length += packed.count;
  }

  /** Takes over so many trials in all, whose blocks are read by number when somebody looks at them, and again later: see LateTrials. */
  holdLate(count: number, read: (block: number) => Uint8Array): void {
    for (let first = 0; first < count; first += TRIALS_PER_BLOCK) {
      const block = this.#blocks.length;
      const own = Math.min(TRIALS_PER_BLOCK, count - first);
      const late = new LateTrials(first, own, () => new PackedTrials(read(block), this.shelf), this.#recent);
      this.#blocks.push(new TrialBlock(late, first, this.shelf));
    }
    this.#length = count;
  }

  /** All trials of a block as bytes that `hold` takes. */
  pack(block: number): Uint8Array {
    return this.#blocks[block]!.pack();
  }

  /** All trials, block by block, what is read for it kept for the next look where there is one; of two rows of one trial the later one is true. */
  *blocks(keep = true): Generator<readonly RowsPart[]> {
    for (const block of this.#blocks) yield block.rows(keep);
  }

  /** By number. */
  *[Symbol.iterator](): Generator<TrialRecord> {
    for (let number = 0; number < this.#length; number++) yield this.get(number)!;
  }

  #begin(place: number): TrialBlock {
    const block = new TrialBlock(null, place * TRIALS_PER_BLOCK, this.shelf);
    this.#blocks.push(block);
    this.#tidy(place - 1 - this.#loose);
    this.#tidy(place - 2 - this.#loose);
    return block;
  }

  /** The newest blocks are left alone: most of their trials are about to end, and are packed at once then. */
  #tidy(place: number): void {
    const age = this.#blocks.length - 1 - this.#loose - place;
    if (age > 0) this.#blocks[place]?.tidy(age > 1);
  }
}
