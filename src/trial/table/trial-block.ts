import { isFinished, type TrialRecord } from "../evolve/trial-record.ts";
import { RecordRows } from "../list/record-rows.ts";
import { heldRows, type RowsPart } from "../list/rows-part.ts";
import type { LateTrials } from "./late-trials.ts";
import { PackedTrials } from "./packed-trials.ts";

/** Trials whose numbers begin alike share a block: 0 to 1,023, and so on. */
export const TRIALS_PER_BLOCK = 1_024;

/** Ended trials outside of the columns that make it worth while to pack the block anew; fewer do when none is open any more. */
const WORTH_PACKING = 256;
const WORTH_PACKING_WHOLE = 32;

/** Up to 1,024 trials: ended ones packed in columns, open ones and those that ended or changed since as records. */
export class TrialBlock {
  #packed: PackedTrials | LateTrials | null;
  readonly #open = new Map<number, TrialRecord>();
  /** Ended ones; they stand for packed ones of the same number. */
  readonly #ended = new Map<number, TrialRecord>();

  constructor(packed: PackedTrials | LateTrials | null = null) {
    this.#packed = packed;
  }

  get(number: number): TrialRecord | undefined {
    return this.#open.get(number) ?? this.#ended.get(number) ?? this.#packed?.whole.get(number);
  }

  /** The record to be changed in place: a packed one is taken out. */
  change(number: number): TrialRecord | undefined {
    const loose = this.#open.get(number) ?? this.#ended.get(number);
    if (loose !== undefined) return loose;
    const record = this.#packed?.whole.get(number)?.loose();
    if (record !== undefined) this.file(record);
    return record;
  }

  /** Files a record that is new or was changed. */
  file(record: TrialRecord): void {
    if (isFinished(record)) {
      record.reports.settle();
      this.#open.delete(record.number);
      this.#ended.set(record.number, record);
    } else this.#open.set(record.number, record);
  }

  /** Packs the ended ones if enough have gathered; while some are open, only if these may stay so for long. */
  tidy(lasting: boolean): void {
    const whole = this.#open.size === 0;
    if (this.#ended.size >= (whole ? WORTH_PACKING_WHOLE : WORTH_PACKING) && (whole || lasting)) this.#packEnded();
  }

  /** All trials as bytes. */
  pack(): Uint8Array {
    if (this.#open.size > 0) return PackedTrials.pack(this.#records(this.#open.keys()));
    if (this.#packed === null || this.#ended.size > 0) return this.#packEnded().bytes;
    return this.#packed.whole.bytes;
  }

  /** All trials; of two rows of one trial the later one is true. */
  rows(): readonly RowsPart[] {
    const loose = [...this.#ended.values(), ...this.#open.values()];
    const packed = this.#packed === null ? [] : [partOf(this.#packed)];
    return loose.length === 0 ? packed : [...packed, heldRows(new RecordRows(loose))];
  }

  #packEnded(): PackedTrials {
    const records = this.#records([]).filter(({ number }) => !this.#open.has(number));
    const packed = new PackedTrials(PackedTrials.pack(records));
    this.#packed = packed;
    this.#ended.clear();
    return packed;
  }

  /** The packed and ended ones and those of `more`, by number. */
  #records(more: Iterable<number>): readonly TrialRecord[] {
    const records = new Map<number, TrialRecord>();
    const packed = this.#packed?.whole;
    for (const number of packed?.numbers() ?? [])
      if (!this.#ended.has(number)) records.set(number, packed!.get(number)!.loose());
    for (const [number, record] of this.#ended) records.set(number, record);
    for (const number of more) records.set(number, this.#open.get(number)!);
    return [...records.values()].sort((a, b) => a.number - b.number);
  }
}

function partOf(packed: PackedTrials | LateTrials): RowsPart {
  return packed instanceof PackedTrials ? heldRows(packed.rows()) : packed;
}
