import { AttuneError } from "../../../errors.ts";
import { type CsvCell, csvRows } from "../../../protocol/csv-rows.ts";
import { withoutMark } from "../export/csv-text.ts";

/** A cell with the place it begins at; lines and columns count from 1. */
export interface PlacedCell {
  /** Without the mark that `export --spreadsheet` sets before formulas. */
  readonly text: string;
  /** True when it stood in quotes: an empty text then, not nothing. */
  readonly quoted: boolean;
  readonly line: number;
  readonly column: number;
}

/**
 * Splits CSV text (RFC 4180) into rows of cells; empty lines are left out. The separator is the comma, or the semicolon or tab
 * when the first line holds no comma but one of these.
 *
 * @throws AttuneError `invalid-file` with the place of a quote that is wrong.
 */
export function readCsv(text: string, file: string): readonly (readonly PlacedCell[])[] {
  const plain = text.replace(/^\ufeff/, "");
  const [first = ""] = plain.split(/\r?\n/, 1);
  const separator = first.includes(",") ? "," : first.includes(";") ? ";" : first.includes("\t") ? "\t" : ",";
  const places = new Places(plain, file);
  return csvRows(plain, separator).rows.map((row) => row.map((cell) => placed(cell, places)));
}

function placed(cell: CsvCell, places: Places): PlacedCell {
  const place = places.at(cell.start);
  if (!cell.closed) throw places.fault(places.quoteFrom(cell.start), "The quote that begins here is never closed.");
  if (cell.strayAt !== null)
    throw places.fault(cell.strayAt, "Something follows a closing quote; a quote inside a text is written twice.");
  return { text: withoutMark(cell.text), quoted: cell.quoted, ...place };
}

/** Lines and columns of offsets that are asked for in ascending order. */
class Places {
  readonly #text: string;
  readonly #file: string;
  #line = 1;
  #lineStart = 0;
  #seen = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  at(offset: number): { readonly line: number; readonly column: number } {
    for (; this.#seen < offset; this.#seen++) {
      const character = this.#text[this.#seen];
      if (character !== "\n" && (character !== "\r" || this.#text[this.#seen + 1] === "\n")) continue;
      this.#line++;
      this.#lineStart = this.#seen + 1;
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 };
  }

  quoteFrom(offset: number): number {
    return this.#text.indexOf('"', offset);
  }

  fault(offset: number, message: string): AttuneError {
    return new AttuneError("invalid-file", message, { position: { file: this.#file, ...this.at(offset) } });
  }
}
