import { isFinished, type TrialRecord } from "../evolve/trial-record.ts";
import { RecordRows } from "../list/record-rows.ts";
import { heldRows, type RowsPart } from "../list/rows-part.ts";
import type { LateTrials } from "./late-trials.ts";
import { PackedTrials } from "./packed-trials.ts";
import { ReportShelf } from "./report-shelf.ts";

/** Trials whose numbers begin alike share a block: 0 to 1,023, and so on. */
export const TRIALS_PER_BLOCK = 1_024;

/** Ended trials outside of the columns that make it worth while to pack the block anew; fewer do when none is open any more. */
const WORTH_PACKING = 256;
const WORTH_PACKING_WHOLE = 32;

/** Records that are not packed, by place in their block: a list rather than a map, for each is filed anew at every change. */
interface Loose {
  readonly records: (TrialRecord | undefined)[];
  /** What each was when it was filed: it is changed in place meanwhile. */
  readonly kinds: Uint8Array;
}

const OPEN = 1;
/** It stands for a packed one of the same number. */
const ENDED = 2;

/** Up to 1,024 trials: ended ones packed in columns, open ones and those that ended or changed since as records. */
export class TrialBlock {
  /** Number of the first one. */
  readonly #first: number;
  readonly #shelf: ReportShelf;
  #packed: PackedTrials | LateTrials | null;
  #loose: Loose | null = null;
  #open = 0;
  #ended = 0;

  /** @param shelf where the reports of those go that end. */
  constructor(packed: PackedTrials | LateTrials | null = null, first = 0, shelf: ReportShelf = new ReportShelf()) {
    this.#shelf = shelf;
    this.#packed = packed;
    this.#first = first;
  }

  get(number: number): TrialRecord | undefined {
    return this.#loose?.records[number - this.#first] ?? this.#packed?.whole.get(number);
  }

  /** The record to be changed in place: a packed one is taken out. */
  change(number: number): TrialRecord | undefined {
    const loose = this.#loose?.records[number - this.#first];
    if (loose !== undefined) return loose;
    const record = this.#packed?.whole.get(number)?.loose();
    if (record !== undefined) this.file(record);
    return record;
  }

  /** Files a record that is new or was changed. */
  file(record: TrialRecord): void {
    this.#loose ??= {
      records: new Array(TRIALS_PER_BLOCK),
      kinds: new Uint8Array(TRIALS_PER_BLOCK),
    };
    const { records, kinds } = this.#loose;
    const place = record.number - this.#first;
    const kind = isFinished(record) ? ENDED : OPEN;
    if (kind === ENDED) record.reports.settle((packed) => this.#shelf.put(packed, record.finishedRevision ?? 0));
    records[place] = record;
    if (kinds[place] === kind) return;
    if (kinds[place] === OPEN) this.#open--;
    if (kinds[place] === ENDED) this.#ended--;
    if (kind === OPEN) this.#open++;
    else this.#ended++;
    kinds[place] = kind;
  }

  /** Packs the ended ones if enough have gathered; while some are open, only if these may stay so for long. */
  tidy(lasting: boolean): void {
    const whole = this.#open === 0;
    if (this.#ended >= (whole ? WORTH_PACKING_WHOLE : WORTH_PACKING) && (whole || lasting)) this.#packEnded();
  }

  /** All trials as bytes. */
  pack(): Uint8Array {
    if (this.#open > 0) return PackedTrials.pack(this.#records(true));
    if (this.#packed === null || this.#ended > 0) return this.#packEnded().bytes;
    return this.#packed.whole.bytes;
  }

  /** All trials, what is read for it kept for the next look where there is one; of two rows of one trial the later one is true. */
  rows(keep = true): readonly RowsPart[] {
    const packed = this.#packed === null ? [] : [partOf(this.#packed, keep)];
    if (this.#open + this.#ended === 0) return packed;
    return [...packed, heldRows(new RecordRows(this.#loose!.records.filter((record) => record !== undefined)))];
  }

  #packEnded(): PackedTrials {
    const packed = new PackedTrials(PackedTrials.pack(this.#records(false)), this.#shelf);
    this.#packed = packed;
    this.#ended = 0;
    if (this.#open === 0) this.#loose = null;
    else
      for (const [place, kind] of this.#loose!.kinds.entries()) {
        if (kind !== ENDED) continue;
        this.#loose!.kinds[place] = 0;
        this.#loose!.records[place] = undefined;
      }
    return packed;
  }

  /** By number: the packed and ended ones, and the open ones if they are wanted. */
  #records(withOpen: boolean): readonly TrialRecord[] {
    const packed = this.#packed?.whole;
    const records: TrialRecord[] = [];
    for (let place = 0; place < TRIALS_PER_BLOCK; place++) {
      const loose = this.#loose?.records[place];
      if (loose !== undefined && (withOpen || this.#loose!.kinds[place] === ENDED)) records.push(loose);
      if (loose !== undefined || packed === undefined) continue;
      const record = packed.get(this.#first + place)?.loose();
      if (record !== undefined) records.push(record);
    }
    return records;
  }
}

function partOf(packed: PackedTrials | LateTrials, keep: boolean): RowsPart {
  return packed instanceof PackedTrials ? heldRows(packed.rows(!keep)) : packed;
}
