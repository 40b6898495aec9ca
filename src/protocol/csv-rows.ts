/** A cell of a table's text. */
export interface CsvCell {
  /** Quotes taken off; blanks around it that stand outside of them left out. */
  readonly text: string;
  /** True when it stood in quotes: an empty text then, not nothing. */
  readonly quoted: boolean;
  /** Offset of its first character, the opening quote or one of the blanks before it. */
  readonly start: number;
  /** False when its quote is not closed. */
  readonly closed: boolean;
  /** Offset of what follows its closing quote and is no separator; null where nothing does. */
  readonly strayAt: number | null;
}

/** What a table's text holds, as far as it is certain. */
export interface CsvRows {
  /** Cells by row; empty lines are left out. */
  readonly rows: readonly (readonly CsvCell[])[];
  /** Whether the last row has no line end; it may be half written. */
  readonly open: boolean;
  /** Whether the last row ends within quotes. */
  readonly quoted: boolean;
}

/**
 * Splits a table (RFC 4180) into rows of cells. A cell in quotes may hold separators and line breaks, and a quote written twice; a quote in
 * the midst of a cell is a character like others.
 */
export function csvRows(text: string, separator: string): CsvRows {
  const rows: (readonly CsvCell[])[] = [];
  let row: CsvCell[] = [];
  let at = 0;
  for (;;) {
    const { cell, end } = readCell(text, at, separator);
    row.push(cell);
    at = end;
    const over = at >= text.length;
    if (!over && text[at] === separator) {
      at++;
      continue;
    }
    if (row.length > 1 || cell.text !== "" || cell.quoted) rows.push(row);
    else if (over) return { rows, open: false, quoted: false };
    if (over) return { rows, open: true, quoted: !cell.closed };
    row = [];
    // Between the two characters of a line end lies an empty line, which is left out.
    at++;
  }
}

interface Read {
  readonly cell: CsvCell;
  /** Offset of the separator or line end behind it, or the text's end. */
  readonly end: number;
}

const OPENING = /[^\S\r\n]*"/y;
const QUOTED = /(?:[^"]|"")*/y;

function readCell(text: string, start: number, separator: string): Read {
  OPENING.lastIndex = start;
  // A tab before a quote may be the separator itself.
  if (text[start] === separator || !OPENING.test(text)) {
    const end = cellEnd(text, start, separator);
    const plain = text.slice(start, end).trim();
    return { cell: { text: plain, quoted: false, start, closed: true, strayAt: null }, end };
  }
  QUOTED.lastIndex = OPENING.lastIndex;
  const inside = QUOTED.exec(text)![0];
  const close = OPENING.lastIndex + inside.length;
  if (close >= text.length)
    return { cell: { text: inside, quoted: true, start, closed: false, strayAt: null }, end: text.length };
  const end = cellEnd(text, close + 1, separator);
  const stray = text.slice(close + 1, end).trimEnd();
  const whole = inside.replaceAll('""', '"') + stray;
  return { cell: { text: whole, quoted: true, start, closed: true, strayAt: stray === "" ? null : close + 1 }, end };
}

function cellEnd(text: string, start: number, separator: string): number {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++;
  return end;
}
