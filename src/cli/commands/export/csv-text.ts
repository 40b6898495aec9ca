import type { JsonValue } from "../../../space/index.ts";
import type { Trial } from "../../../trial/trial.ts";
import type { TrialField } from "../../study/trial-fields.ts";
import { withoutSecrets } from "../../without-secrets.ts";

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
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** A text as a cell that no spreadsheet runs: with a mark (`'`) before it. Numbers stay. */
export function spreadsheetCell(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** A cell that is no formula but looks like one that was marked; it gets a mark in every export, so that none is taken from it. */
export function unmarkedCell(text: string): string {
  return text.startsWith("'") ? spreadsheetCell(text) : text;
}

/** The text that a cell stood for before it was marked. */
export function withoutMark(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
