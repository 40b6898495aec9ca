import { notationFault } from "./notation-fault.ts";
import type { HeldValue } from "./read-metric-line.ts";
import { readNumber } from "./read-number.ts";
import { readQuantity } from "./read-quantity.ts";

/** How a table parts its cells; `words` by single blanks, `alone` a name on a line of its own. */
export type CellSplit = "pipes" | "tabs" | "commas" | "columns" | "words" | "alone";

/** What stands in a cell: `time` for `00:12` and other numbers that go on as something else. */
export type CellKind = "whole" | "decimal" | "time" | "text" | "empty";

const PIPES = /[|│┃║┆]/;
const RULE = /^[\s|│┃║┆+:=┼├┤─━═╪╞╡╇┡┩┬┴└┘┌┐┏┓┗┛╂╭╮╰╯╒╕╘╛┢┪╔╗╚╝╠╣╦╩╬•*~_-]*$/;
/** A progress bar at a line's end: `: 50%|█████     | 4/8`, `640: 100% ━━━━ 1/1 3.1it/s`. */
const PROGRESS = /(?:\d:)?\s+\d{1,3}%\s*(?:[|│▏▎▍▌▋▊▉█━─╸#]|\d+\/\d+).*$/u;
const STAMP = /^\s*\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[-+]\d\d:?\d\d)?\]?/;
const CLOCK = /^\s*\[?\d\d:\d\d:\d\d(?:[.,]\d+)?\]?(?=\s)/;
const LEVEL = /^\s*(?:[-|:]\s+)?\[?(?:INFO|DEBUG|WARN(?:ING)?|ERROR|NOTICE|TRACE)\b\]?:?(?:\s+[-|:](?=\s))?/;
const LOGGER = /^\s+(?:\[[\w.:-]{1,40}\]|[\w.:]{1,40}\s+[-|:](?=\s)|[\w.]{1,40}:(?=\s))(?:\s+[-|](?=\s))?/;

/** True for a line that only draws: `|---|---|`, `=====`, `┡━━╇━━┩`, or nothing. */
export function isRule(line: string): boolean {
  return RULE.test(line);
}

/** The forms of most cells, known without a closer look. */
const PLAIN = /^[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const CLOCK_CELL = /^\d{1,3}(?::\d\d){1,2}$/;
/** A space that groups a number's digits, and parts no cells. */
const GROUPING = /(?<=\d)[\u00a0\u202f\u2009](?=\d{3}(?!\d))/g;

/**
 * The line without a progress bar at its end, with blanks in place of the time, the level and the logger's name before it, and with
 * apostrophes for spaces that group digits.
 */
export function tableText(line: string): string {
  const text = withoutHead(line);
  return /[\u00a0\u202f\u2009]/.test(text) ? text.replace(GROUPING, "'") : text;
}

function withoutHead(line: string): string {
  const bare = line.includes("%") ? line.replace(PROGRESS, (tail) => (/^\d:/.test(tail) ? tail[0]! : "")) : line;
  const stamp = STAMP.exec(bare) ?? CLOCK.exec(bare);
  let end = stamp === null ? 0 : stamp[0].length;
  const level = LEVEL.exec(bare.slice(end));
  if (level === null && stamp === null) return bare;
  if (level !== null) end += level[0].length;
  const logger = LOGGER.exec(bare.slice(end));
  if (logger !== null) end += logger[0].length;
  return " ".repeat(end) + bare.slice(end);
}

/** True for a line that begins with a number, so that it is no line of names; seen without taking it apart. */
export function beginsWithNumber(text: string): boolean {
  return /^\s*[-+]?\d[\d.]*(?:[\s,;|]|$)/.test(text);
}

/** The cells of a line, or null when it is not parted so. */
export function splitCells(line: string, split: CellSplit): readonly string[] | null {
  const text = line.trim();
  switch (split) {
    case "pipes":
      return PIPES.test(text) ? atLeastTwo(bare(text).split(PIPES)) : null;
    case "tabs":
      return atLeastTwo(text.split(/\t+/));
    case "commas": {
      if (/\s{2,}|[,;]\s*$/.test(text)) return null;
      // Semicolons part the cells where commas are in numbers alone.
      const semicolons = text.includes(";") && !/(?<!\d),|,(?!\d)/.test(text);
      const cells = text.split(semicolons ? ";" : /[,;]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
      return cells.some((cell) => /\s/.test(cell) && cell.length > 24) ? null : atLeastTwo(cells);
    }
    case "columns":
      return atLeastTwo(text.split(/\s{2,}/));
    case "words":
      return atLeastTwo(text.split(/\s+/));
    case "alone":
      return [text.replace(/\s*[=:]$/, "")];
  }
}

/** The number of a cell: `0.31`, `93.1%`, `0.31 ± 0.02`, `[0.31]`; null when it holds none, or more. */
export function cellNumber(cell: string): number | null {
  if (PLAIN.test(cell)) return Number(cell);
  const text = cell.replace(/^[[("'*]+|[\])"'*]+$/g, "");
  const read = readNumber(text, 0);
  return read !== null && /^\s*(?:%|±.*|\+\/-.*|\+\S*|\(.*\))?\s*$/.test(text.slice(read.end)) ? read.value : null;
}

/** The value of a cell, a quantity among them (`12.3ms`), or why what it holds is no number although it looks like one. */
export function cellValue(cell: string): HeldValue | null {
  const value = cellNumber(cell);
  if (value !== null) return { value };
  if (CLOCK_CELL.test(cell)) return null;
  const text = cell.replace(/^["'*]+|["'*]+$/g, "").trim();
  const quantity = readQuantity(text, 0);
  if (quantity !== null && ("fault" in quantity || quantity.end === text.length)) return quantity;
  const fault = notationFault(text, 0);
  return fault?.sure === true && fault.text === text ? { fault } : null;
}

export function cellKind(cell: string): CellKind {
  if (/^(?:|[-–—.*]+|nan|n\/a|na|none|null)$/i.test(cell)) return "empty";
  if (/^[-+]?\d+$/.test(cell)) return "whole";
  if (cellValue(cell) !== null) return "decimal";
  return /^[-+(]?\.?\d/.test(cell) ? "time" : "text";
}

function bare(text: string): string {
  return text.replace(/^[|│┃║]|[|│┃║]$/g, "");
}

function atLeastTwo(cells: readonly string[]): readonly string[] | null {
  return cells.length >= 2 ? cells.map((cell) => cell.trim()) : null;
}
