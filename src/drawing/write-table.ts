import type { PageWriter, TextKind } from "./page-writer.ts";
import type { PrintedTable } from "./printed-document.ts";

/** Points between columns, and of a column: what is longer is broken into lines. */
const GAP = 10;
const NARROWEST = 26;
const WIDEST = 150;

/**
 * Writes a table, its heading again on each page. Columns that do not fit beside each other come in further tables below, each with the
 * first column.
 */
export function writeTable(writer: PageWriter, { head, rows }: PrintedTable): void {
  const natural = head.map((cell, column) =>
    widthOf(
      writer,
      cell,
      rows.map((row) => row[column] ?? ""),
    ),
  );
  for (const columns of groupsOf(natural, writer.width)) {
    const widths = stretched(
      columns.map((column) => natural[column]!),
      writer.width,
    );
    const cellsOf = (row: readonly string[]) =>
      columns.map((column, place) => ({ text: row[column] ?? "", width: widths[place]! }));
    const heightOf = (row: readonly string[], kind: TextKind): number =>
      7 + Math.max(...cellsOf(row).map(({ text, width }) => writer.heightOf(text, kind, width)));
    writer.ensure(heightOf(head, "headCell") + (rows[0] === undefined ? 0 : heightOf(rows[0], "cell")));
    writer.row(cellsOf(head), "headCell", GAP);
    for (const row of rows) {
      if (writer.ensure(heightOf(row, "cell"))) writer.row(cellsOf(head), "headCell", GAP);
      writer.row(cellsOf(row), "cell", GAP);
    }
    writer.space(8);
  }
}

function widthOf(writer: PageWriter, head: string, cells: readonly string[]): number {
  const widest = Math.max(writer.widthOf(head, "headCell"), ...cells.map((cell) => writer.widthOf(cell, "cell")));
  // A hair more than it takes, so that no rounding breaks the line.
  return Math.min(WIDEST, Math.max(NARROWEST, widest + 0.5));
}

/** Places of the columns that fit beside each other, the first one in each group. */
export function groupsOf(widths: readonly number[], room: number): readonly (readonly number[])[] {
  const groups: number[][] = [];
  let [own, used] = [[0], widths[0] ?? 0];
  for (let column = 1; column < widths.length; column++) {
    const more = GAP + widths[column]!;
    if (used + more > room && own.length > 1) {
      groups.push(own);
      [own, used] = [[0], widths[0]!];
    }
    own.push(column);
    used += more;
  }
  return [...groups, own];
}

/** What is left of the line goes to all columns alike, up to half as much again. */
function stretched(widths: readonly number[], room: number): readonly number[] {
  const used = widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));
  const more = Math.max(0, room - used) / widths.length;
  return widths.map((width) => width + Math.min(more, width / 2));
}
