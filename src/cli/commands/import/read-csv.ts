import { AttuneError } from "../../../errors.ts";
import { withoutMark } from "../../export/spreadsheet-cell.ts";

/** A cell with the place it begins at; lines and columns count from 1. */
export interface CsvCell {
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
export function readCsv(text: string, file: string): readonly (readonly CsvCell[])[] {
  return new CsvReader(text.replace(/^\ufeff/, ""), file).rows();
}

class CsvReader {
  readonly #text: string;
  readonly #file: string;
  readonly #separator: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    const [first = ""] = text.split(/\r?\n/, 1);
    this.#separator = first.includes(",") ? "," : first.includes(";") ? ";" : first.includes("\t") ? "\t" : ",";
  }

  rows(): readonly (readonly CsvCell[])[] {
    const rows: CsvCell[][] = [];
    while (this.#at < this.#text.length) {
      const row = this.#row();
      if (row.length > 1 || row[0]!.text !== "" || row[0]!.quoted) rows.push(row);
    }
    return rows;
  }

  #row(): CsvCell[] {
    const cells: CsvCell[] = [];
    for (;;) {
      const [line, column] = [this.#line, this.#at - this.#lineStart + 1];
      const quoted = this.#text[this.#at] === '"';
      cells.push({ text: withoutMark(quoted ? this.#quoted() : this.#plain()), quoted, line, column });
      if (this.#text[this.#at] === this.#separator) {
        this.#at++;
        continue;
      }
      this.#newLine();
      return cells;
    }
  }

  #plain(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !this.#isEnd(this.#text[this.#at]!)) this.#at++;
    return this.#text.slice(start, this.#at).trim();
  }

  #quoted(): string {
    const open = this.#error("The quote that begins here is never closed.");
    let text = "";
    for (this.#at++; ; this.#at++) {
      const character = this.#text[this.#at];
      if (character === undefined) throw open;
      if (character === '"') {
        if (this.#text[this.#at + 1] !== '"') break;
        this.#at++;
      }
      text += character;
      if (character === "\n") {
        this.#line++;
        this.#lineStart = this.#at + 1;
      }
    }
    this.#at++;
    const next = this.#text[this.#at];
    if (next !== undefined && !this.#isEnd(next)) {
      throw this.#error("Something follows a closing quote; a quote inside a text is written twice.");
    }
    return text;
  }

  #isEnd(character: string): boolean {
    return character === this.#separator || character === "\n" || character === "\r";
  }

  #newLine(): void {
    if (this.#text[this.#at] === "\r") this.#at++;
    if (this.#text[this.#at] === "\n") this.#at++;
    this.#line++;
    this.#lineStart = this.#at;
  }

  #error(message: string): AttuneError {
    const position = { file: this.#file, line: this.#line, column: this.#at - this.#lineStart + 1 };
    return new AttuneError("invalid-file", message, { position });
  }
}
