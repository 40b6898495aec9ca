import { AttuneError } from "../../errors.ts";
import type { TrialRecord } from "../evolve/trial-record.ts";
import type { TrialRows } from "../list/trial-rows.ts";
import { ByteSource } from "./column/byte-source.ts";
import { ByteWriter } from "./column/byte-writer.ts";
import { type Column, readColumn } from "./column/read-column.ts";
import { unlessDamaged } from "./column/unless-damaged.ts";
import { writeColumn } from "./column/write-column.ts";
import { PackedRecord } from "./packed-record.ts";
import { PackedRows } from "./packed-rows.ts";
import { ReportShelf } from "./report-shelf.ts";
import { TrialColumns } from "./trial-columns.ts";

/** Counts up when the form of the bytes below changes. */
const VERSION = 6;
/** Bytes before the columns. */
const HEADER = 17;
const FIRST_BYTES = 8;

/**
 * Trials of a block in columns, in these bytes alone, which threads may share. The form: length (4 bytes), version (1), trials (4), the
 * number of the first (8), a column of how far each number is from what it would be without gaps, the columns of
 * the trials. Each column after its length. Reports of ended trials lie on the shelf of their table.
 */
export class PackedTrials {
  readonly bytes: Uint8Array;
  readonly #shelf: ReportShelf;
  /** Read when first asked for. */
  #read: ReadTrials | null = null;

  /** How many there are. */
  readonly count: number;

  /** @param shelf what the reports of ended ones lie on. SyntaxError for bytes that are cut off, AttuneError `storage-corrupt` for those of another version. */
  constructor(bytes: Uint8Array, shelf: ReportShelf = new ReportShelf()) {
    this.#shelf = shelf;
    const source = new ByteSource(bytes);
    if (bytes.length < HEADER || source.uint32() !== bytes.length)
      throw new SyntaxError("a block of trials that is not whole");
    const version = source.byte();
    if (version !== VERSION) {
      const message = `A block of trials is of form ${version}, this version of Attune reads form ${VERSION}.`;
      throw new AttuneError("storage-corrupt", message);
    }
    this.bytes = bytes;
    this.count = source.uint32();
  }

  /** Records by number, ascending. */
  static pack(records: readonly TrialRecord[]): Uint8Array {
    const out = new ByteWriter();
    const first = records[0]?.number ?? 0;
    const numbers = records.map(({ number }, row) => number - first - row);
    out.uint32(0);
    out.byte(VERSION);
    out.uint32(records.length);
    out.float64(first);
    out.framed(() => writeColumn(out, numbers));
    TrialColumns.write(out, records);
    const bytes = out.finish(TrialColumns.reportsOf(records));
    new DataView(bytes.buffer).setUint32(0, bytes.length, true);
    return bytes;
  }

  /** The record of a trial, whose fields are read when asked for; undefined when it is not among these. */
  get(number: number): PackedRecord | undefined {
    const { first, columns, rows } = this.#trials;
    const place = number - first;
    const row = rows === null ? place : rows.get(place);
    return row === undefined || !Number.isInteger(row) || row < 0 || row >= columns.rows
      ? undefined
      : new PackedRecord(columns, row, number);
  }

  /** All of them, ascending, to look at by row; what is read for it is kept unless that is to be done once. */
  rows(once = false): TrialRows {
    const { first, gaps, columns, rows } = once
      ? (this.#read ?? readTrials(this.bytes, this.count, this.#shelf))
      : this.#trials;
    return new PackedRows(columns, rows === null ? first : null, (row) => first + row + (gaps.get(row) as number));
  }

  /** As of trials that are read late: all of them. */
  get whole(): this {
    return this;
  }

  /** Ascending. */
  *numbers(): Generator<number> {
    const { first, gaps, columns } = this.#trials;
    for (let row = 0; row < columns.rows; row++) yield first + row + (gaps.get(row) as number);
  }

  get #trials(): ReadTrials {
    this.#read ??= readTrials(this.bytes, this.count, this.#shelf);
    return this.#read;
  }
}

interface ReadTrials {
  readonly first: number;
  readonly gaps: Column;
  readonly columns: TrialColumns;
  /** By the number's distance from the first; null while there are no gaps. */
  readonly rows: ReadonlyMap<number, number> | null;
}

/** AttuneError `storage-corrupt` for bytes that are damaged. */
function readTrials(bytes: Uint8Array, count: number, shelf: ReportShelf): ReadTrials {
  return unlessDamaged(() => {
    const source = new ByteSource(bytes, HEADER - FIRST_BYTES);
    const first = source.float64();
    const gaps = readColumn(source.frame(), count);
    const columns = new TrialColumns(source, shelf);
    const hasGaps = count > 0 && gaps.get(count - 1) !== 0;
    const rows = hasGaps ? placesOf(gaps, count) : null;
    return { first, gaps, columns, rows };
  });
}

function placesOf(gaps: Column, count: number): ReadonlyMap<number, number> {
  return new Map(Array.from({ length: count }, (_none, row) => [row + (gaps.get(row) as number), row]));
}
