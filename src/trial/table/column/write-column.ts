import type { JsonValue } from "../../../space/json.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { COLUMN, largestOf, widthOf } from "./column-kind.ts";
import { ShapeList } from "./shape-list.ts";
import { type Cell, surveyCells } from "./survey-cells.ts";

/** Lists and objects inside of more of them are written as texts. */
const DEEPEST = 8;
/** Rows in a run, as a mean, from which on whole numbers are written in runs; fewer rows in all are not worth another form. */
const LONG_RUN = 8;

/**
 * Writes JSON values as a column, in whichever form fits them; `readColumn` gives each back as it was, its keys in their order. A row
 * of undefined is one that nobody will ask for. Answers the form.
 */
export function writeColumn(out: ByteWriter, cells: readonly Cell[], depth = 0): number {
  const survey = surveyCells(cells);
  if (survey.same !== undefined || survey.present === 0) return writeSame(out, survey.same ?? null);
  if (depth < DEEPEST && survey.lists === survey.present)
    return writeLists(out, cells as readonly (readonly JsonValue[] | undefined)[], depth);
  if (depth < DEEPEST && 2 * survey.objects >= survey.present) {
    const shapes = ShapeList.of(cells);
    if (shapes !== null) return writeObjects(out, cells, shapes, depth);
  }
  const many = survey.integers && cells.length >= LONG_RUN;
  if (many && Number.isSafeInteger(survey.by)) return writeProgression(out, cells[0] as number, survey.by);
  if (many && LONG_RUN * survey.runs <= cells.length) return writeRuns(out, cells as readonly number[], survey.runs);
  if (survey.integers) return writeIntegers(out, cells, survey);
  if (4 * survey.numbers >= 3 * survey.present) return writeDoubles(out, cells);
  if (survey.digits > 0) return writeHexadecimal(out, cells as readonly (string | undefined)[], survey.digits);
  return writePlaces(out, cells);
}

/** Writes one value for all rows. */
export function writeSame(out: ByteWriter, value: JsonValue): number {
  out.byte(COLUMN.same);
  out.text(JSON.stringify(value));
  return COLUMN.same;
}

function writeIntegers(
  out: ByteWriter,
  cells: readonly Cell[],
  { low, high }: { readonly low: number; readonly high: number },
): number {
  const others = cells.some((cell) => cell !== undefined && typeof cell !== "number");
  const width = widthOf(high - low + (others ? 1 : 0));
  const other = largestOf(width);
  out.byte(COLUMN.integers);
  out.byte(width);
  out.float64(low);
  for (const cell of cells) {
    if (typeof cell === "number") out.uint(cell - low, width);
    else out.uint(cell === undefined ? 0 : other, width);
  }
  writeOthers(out, cells);
  return COLUMN.integers;
}

function writeProgression(out: ByteWriter, first: number, by: number): number {
  out.byte(COLUMN.progression);
  out.float64(first);
  out.float64(by);
  return COLUMN.progression;
}

function writeRuns(out: ByteWriter, cells: readonly number[], runs: number): number {
  const values: number[] = [];
  out.byte(COLUMN.runs);
  out.uint32(runs);
  for (const [row, cell] of cells.entries()) {
    if (row > 0 && cell === cells[row - 1]) continue;
    out.uint32(row);
    values.push(cell);
  }
  writeColumn(out, values);
  return COLUMN.runs;
}

function writeDoubles(out: ByteWriter, cells: readonly Cell[]): number {
  out.byte(COLUMN.doubles);
  if (out.float64s(cells)) writeOthers(out, cells);
  else out.uint32(0);
  return COLUMN.doubles;
}

/** What is no number in a column of numbers: rows, and their values in a list. */
function writeOthers(out: ByteWriter, cells: readonly Cell[]): void {
  const rows: number[] = [];
  cells.forEach((cell, row) => {
    if (cell !== undefined && !isFiniteNumber(cell)) rows.push(row);
  });
  out.uint32(rows.length);
  for (const row of rows) out.uint32(row);
  if (rows.length > 0) out.text(JSON.stringify(rows.map((row) => cells[row])));
}

function isFiniteNumber(cell: Cell): cell is number {
  return typeof cell === "number" && Number.isFinite(cell);
}

function writeHexadecimal(out: ByteWriter, cells: readonly (string | undefined)[], digits: number): number {
  out.byte(COLUMN.hexadecimal);
  out.byte(digits / 2);
  const bytes = new Uint8Array((cells.length * digits) / 2);
  let to = 0;
  for (const cell of cells) {
    for (let at = 0; at < digits; at += 2)
      bytes[to++] = cell === undefined ? 0 : 16 * digitOf(cell.charCodeAt(at)) + digitOf(cell.charCodeAt(at + 1));
  }
  out.bytes(bytes);
  return COLUMN.hexadecimal;
}

function digitOf(code: number): number {
  return code <= 57 ? code - 48 : code - 87;
}

function writePlaces(out: ByteWriter, cells: readonly Cell[]): number {
  const places = new Map<string, number>();
  const texts = cells.map((cell) => (cell === undefined ? undefined : JSON.stringify(cell)));
  for (const text of texts) if (text !== undefined && !places.has(text)) places.set(text, places.size);
  const width = widthOf(places.size);
  out.byte(COLUMN.places);
  out.byte(width);
  for (const text of texts) out.uint(text === undefined ? 0 : places.get(text)!, width);
  out.text(`[${[...places.keys()].join(",")}]`);
  return COLUMN.places;
}

function writeLists(out: ByteWriter, cells: readonly (readonly JsonValue[] | undefined)[], depth: number): number {
  const inner = cells.flatMap((cell) => cell ?? []);
  out.byte(COLUMN.lists);
  out.framed(() =>
    writeColumn(
      out,
      cells.map((cell) => cell?.length ?? 0),
      depth,
    ),
  );
  out.uint32(inner.length);
  writeColumn(out, inner, depth + 1);
  return COLUMN.lists;
}

/** What `writeColumn` writes of so many objects (at least one) that have these keys each, from their values by key: nobody has to make the objects. */
export function writeRecords(
  out: ByteWriter,
  keys: readonly string[],
  column: (key: number) => readonly number[],
): number {
  const start = out.length;
  out.byte(COLUMN.objects);
  out.text(JSON.stringify([keys]));
  out.byte(0);
  out.uint32(keys.length);
  const first: [key: string, value: number][] = [];
  let same = true;
  for (const [place, key] of keys.entries()) {
    const cells = column(place);
    first.push([key, cells[0]!]);
    if (out.framed(() => writeColumn(out, cells, 1)) !== COLUMN.same) same = false;
  }
  if (!same) return COLUMN.objects;
  out.cutTo(start);
  return writeSame(out, Object.fromEntries(first));
}

/** Objects that are all the same become one text. */
function writeObjects(out: ByteWriter, cells: readonly Cell[], shapes: ShapeList, depth: number): number {
  const start = out.length;
  const width = shapes.length === 1 ? 0 : widthOf(shapes.length);
  out.byte(COLUMN.objects);
  out.text(JSON.stringify(shapes.list));
  out.byte(width);
  if (width > 0) for (const shape of shapes.ofRow) out.uint(shape, width);
  out.uint32(shapes.keys.length);
  let same = width === 0;
  for (const key of shapes.keys) {
    const kind = out.framed(() => writeColumn(out, shapes.column(key, cells), depth + 1));
    if (kind !== COLUMN.same) same = false;
  }
  if (!same) return COLUMN.objects;
  out.cutTo(start);
  return writeSame(out, cells.find((cell) => cell !== undefined) as JsonValue);
}
