import { AttuneError } from "../errors.ts";
import { type CsvCell, csvRows } from "../protocol/csv-rows.ts";
import { withoutSecrets } from "../record/secrets.ts";
import type { JsonValue } from "../space/index.ts";
import { NUMBER } from "../space/number-text.ts";
import type { Trial } from "../trial/trial.ts";
import type { TrialField } from "./study/trial-fields.ts";

/**
 * Trials as CSV (RFC 4180 with `\n`): a heading, then a line for each; what a trial has no value of is empty. Texts are without
 * secrets; with `spreadsheet` none is one that a spreadsheet would run.
 */
export function* csvText(
  trials: readonly Trial[],
  fields: readonly TrialField[],
  { spreadsheet }: { readonly spreadsheet: boolean },
): Generator<string> {
  const cell = spreadsheet ? spreadsheetCell : unmarkedCell;
  yield `${fields.map(({ name }) => csvCell(cell(name))).join(",")}\n`;
  for (const trial of trials) yield `${fields.map((field) => valueCell(field, trial, cell)).join(",")}\n`;
}

/** Nothing is an empty cell, an empty text a pair of quotes. */
function valueCell({ value, written = textOf }: TrialField, trial: Trial, cell: (text: string) => string): string {
  const known = value(trial);
  if (known === undefined) return "";
  const text = written(known);
  if (typeof known === "number") return csvCell(text);
  return text === "" ? '""' : csvCell(cell(withoutSecrets(text)));
}

/** A text as a cell, in quotes where it needs them. */
function csvCell(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(value: JsonValue): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? numberText(value) : JSON.stringify(value);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0" : String(value);
}

/**
 * What a spreadsheet takes for a formula by its first character, in ASCII and full width (OWASP, CSV Injection); marks before it are
 * ours, of a text that begins with them.
 */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const PLAIN = new RegExp(`^${NUMBER}$`);

/** A text as a cell that no spreadsheet runs: with a mark (`'`) before it. Numbers stay. */
export function spreadsheetCell(text: string): string {
  return FORMULA.test(text) && !PLAIN.test(text) ? `'${text}` : text;
}

/** A cell that is no formula but looks like one that was marked; it gets a mark in every export, so that none is taken from it. */
export function unmarkedCell(text: string): string {
  return text.startsWith("'") ? spreadsheetCell(text) : text;
}

/** The text that a cell stood for before it was marked. */
export function withoutMark(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

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
