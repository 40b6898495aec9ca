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
