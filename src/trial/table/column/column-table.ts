import type { ByteSource } from "./byte-source.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { type Column, readColumn } from "./read-column.ts";
import type { Cell } from "./survey-cells.ts";
import { unlessDamaged } from "./unless-damaged.ts";
import { writeColumn, writeSame } from "./write-column.ts";

/** What a table holds of each of its rows, in the order in which the columns are written. */
export type Fields<Row, Whole = undefined> = { readonly [name: string]: (row: Row, whole: Whole) => unknown };

export type Columns<F> = { readonly [K in keyof F]: Column };

/** Writes how many rows there are, and a column for each field: JSON values. `wholes` are what the rows are parts of. */
export function writeTable<Row, Whole = undefined>(
  out: ByteWriter,
  rows: readonly Row[],
  fields: Fields<Row, Whole>,
  wholes: readonly Whole[] = [],
): void {
  out.uint32(rows.length);
  // One list for all columns: most are thrown away as soon as they are looked at.
  const cells = new Array<Cell>(rows.length);
  for (const field of Object.values(fields)) {
    let same = rows.length > 0;
    for (let row = 0; row < rows.length; row++) {
      const cell = field(rows[row]!, wholes[row]!) as Cell;
      cells[row] = cell;
      if (cell !== cells[0]) same = false;
    }
    const [first] = cells;
    const plain = first !== undefined && (typeof first !== "object" || first === null);
    out.framed(() => (same && plain ? writeSame(out, first) : writeColumn(out, cells)));
  }
}

/** The columns that `writeTable` wrote of the same fields. */
export function readTable<F extends Fields<never, never>>(
  source: ByteSource,
  fields: F,
): { readonly rows: number; readonly columns: Columns<F> } {
  const rows = source.uint32();
  const frames = Object.keys(fields).map(() => source.frame());
  const Kind = kindOf(fields);
  return { rows, columns: new Kind(frames, rows) as unknown as Columns<F> };
}

/** A table's columns, each read when it is first looked at: most are not. */
class LateColumns {
  readonly #frames: readonly ByteSource[];
  readonly #rows: number;
  readonly #known: Column[] = [];

  constructor(frames: readonly ByteSource[], rows: number) {
    this.#frames = frames;
    this.#rows = rows;
  }

  /** AttuneError `storage-corrupt` for one whose bytes are damaged. */
  static columnAt(of: LateColumns, place: number): Column {
    of.#known[place] ??= unlessDamaged(() => readColumn(of.#frames[place]!, of.#rows));
    return of.#known[place];
  }
}

const KINDS = new WeakMap<object, typeof LateColumns>();

/** With a getter for each field; one class for all tables of these fields. */
function kindOf(fields: object): typeof LateColumns {
  const known = KINDS.get(fields);
  if (known !== undefined) return known;
  const kind = class extends LateColumns {};
  for (const [place, name] of Object.keys(fields).entries()) {
    const get = function (this: LateColumns): Column {
      return LateColumns.columnAt(this, place);
    };
    Object.defineProperty(kind.prototype, name, { get });
  }
  KINDS.set(fields, kind);
  return kind;
}
