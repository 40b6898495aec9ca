import { AttuneError } from "../../../errors.ts";
import type { JsonValue } from "../../../space/json.ts";
import type { ByteSource } from "./byte-source.ts";
import { COLUMN } from "./column-kind.ts";
import { ListColumn, ObjectColumn } from "./nested-columns.ts";
import { DoubleColumn, HexadecimalColumn, IntegerColumn, PlaceColumn, SameColumn } from "./plain-columns.ts";
import { ProgressionColumn, RunColumn } from "./run-columns.ts";

/** Values by row, made anew (objects and lists in part) each time they are asked for: nobody changes them. */
export interface Column {
  get(row: number): JsonValue;
}

/** A column of so many rows that `writeColumn` wrote; AttuneError `storage-corrupt` for bytes of another kind. */
export function readColumn(source: ByteSource, rows: number): Column {
  const kind = source.byte();
  switch (kind) {
    case COLUMN.same:
      return new SameColumn(source);
    case COLUMN.integers:
      return new IntegerColumn(source, rows);
    case COLUMN.doubles:
      return new DoubleColumn(source, rows);
    case COLUMN.places:
      return new PlaceColumn(source, rows);
    case COLUMN.hexadecimal:
      return new HexadecimalColumn(source);
    case COLUMN.objects:
      return new ObjectColumn(source, rows, readColumn);
    case COLUMN.progression:
      return new ProgressionColumn(source);
    case COLUMN.runs:
      return new RunColumn(source, readColumn);
    case COLUMN.lists:
      return new ListColumn(source, rows, readColumn);
    default:
      throw new AttuneError(
        "storage-corrupt",
        `A block of trials holds a column of kind ${kind}, which this version does not know.`,
      );
  }
}
