/** What a table's text holds, as far as it is certain. */
export interface CsvRows {
  /** Cells by row, quotes taken off; empty lines are left out. */
  readonly rows: readonly (readonly string[])[];
  /** Whether the last row has no line end; it may be half written. */
  readonly open: boolean;
  /** Whether the last row ends within quotes. */
  readonly quoted: boolean;
}

/**
 * Splits a table into rows of cells. A cell in quotes may hold separators and line breaks, and a quote written twice; a quote in the
 * midst of a cell is a character like others.
 */
export function csvRows(text: string, separator: string): CsvRows {
  const rows: (readonly string[])[] = [];
  let row: string[] = [];
  let at = 0;
  for (;;) {
    const cell = readCell(text, at, separator);
    row.push(cell.text);
    at = cell.end;
    const over = at >= text.length;
    if (!over && text[at] === separator) {
      at++;
      continue;
    }
    if (row.length > 1 || row[0] !== "") rows.push(row);
    else if (over) return { rows, open: false, quoted: false };
    if (over) return { rows, open: true, quoted: cell.quoted };
    row = [];
    at += text.startsWith("\r\n", at) ? 2 : 1;
  }
}

interface Cell {
  readonly text: string;
  /** Offset of the separator or line end behind it, or the text's end. */
  readonly end: number;
  /** Whether its quote is not closed. */
  readonly quoted: boolean;
}

const OPENING = /[^\S\r\n]*"/y;
const QUOTED = /(?:[^"]|"")*/y;

function readCell(text: string, start: number, separator: string): Cell {
  OPENING.lastIndex = start;
  // A tab before a quote may be the separator itself.
  if (text[start] === separator || !OPENING.test(text)) {
    const end = cellEnd(text, start, separator);
    return { text: text.slice(start, end).trim(), end, quoted: false };
  }
  QUOTED.lastIndex = OPENING.lastIndex;
  const inside = QUOTED.exec(text)![0];
  const close = OPENING.lastIndex + inside.length;
  if (close >= text.length) return { text: inside, end: text.length, quoted: true };
  const end = cellEnd(text, close + 1, separator);
  return { text: (inside.replaceAll('""', '"') + text.slice(close + 1, end)).trim(), end, quoted: false };
}

function cellEnd(text: string, start: number, separator: string): number {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++;
  return end;
}
