import type { ByteSource } from "./byte-source.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { type Column, readColumn } from "./read-column.ts";
import type { Cell } from "./survey-cells.ts";
import { writeColumn } from "./write-column.ts";

/** What a table holds of each of its rows, in the order in which the columns are written. */
export type Fields<Row> = { readonly [name: string]: (row: Row) => unknown };

export type Columns<F> = { readonly [K in keyof F]: Column };

/** Writes how many rows there are, and a column for each field: JSON values. */
export function writeTable<Row>(out: ByteWriter, rows: readonly Row[], fields: Fields<Row>): void {
  out.uint32(rows.length);
  for (const field of Object.values(fields)) out.framed(() => writeColumn(out, rows.map(field) as readonly Cell[]));
}

/** The columns that `writeTable` wrote of the same fields. */
export function readTable<F extends Fields<never>>(
  source: ByteSource,
  fields: F,
): { readonly rows: number; readonly columns: Columns<F> } {
  const rows = source.uint32();
  const columns = Object.fromEntries(Object.keys(fields).map((name) => [name, readColumn(source.frame(), rows)]));
  return { rows, columns: columns as Columns<F> };
}
