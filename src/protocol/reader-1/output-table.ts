import type { MetricName } from "./metric-name.ts";
import type { Certainty, FoundValue, MetricReading } from "./metric-reading.ts";
import { readNumber } from "./read-number.ts";
import { STEP_KEYS } from "./read-step.ts";

type CellKind = "pipes" | "tabs" | "commas" | "columns" | "words" | "alone";

interface Header {
  readonly kind: CellKind;
  /** Number of columns. */
  readonly width: number;
  /** Columns of asked metrics; a name that heads several columns is in none. */
  readonly columns: readonly Column[];
  /** Index of the column of steps, or -1. */
  readonly step: number;
}

interface Column {
  readonly index: number;
  readonly name: string;
  readonly certainty: Certainty;
}

const MAX_LINE = 2_000;
const MAX_CELLS = 100;
/** Other lines that may stand before the first row, and between rows. */
const FIRST_ROW_WITHIN = 50;
const NEXT_ROW_WITHIN = 20_000;
/** The same for a header that could as well be a sentence. */
const LOOSE_ROW_WITHIN = 3;
const PIPES = /[|│┃║┆]/;
const RULE = /^[\s|│┃║┆+:=┼├┤─━═╪╞╡╇┡┩-]*$/;
const PROGRESS = /(?:\d:)?\s+\d{1,3}%\s*[|│▏▎▍▌▋▊▉█━#].*$/u;
/** Rows that stand for all others. */
const OVERALL = /^(?:all|overall|total|mean|avg|average|(?:weighted|macro|micro|samples)(?:[ _-]?avg)?)$/i;

/** Reads asked columns from tables in a program's output: a line of names, then rows of as many cells. */
export class OutputTable {
  readonly #metrics: readonly MetricName[];
  #header: Header | null = null;
  /** Cells of the line before, where it was one of names: the upper half of names on two lines. */
  #above: readonly string[] | null = null;
  #left = 0;

  constructor(metrics: readonly MetricName[]) {
    this.#metrics = metrics;
  }

  /** True while rows may come, so that every line must be looked at. */
  get open(): boolean {
    return this.#header !== null;
  }

  /** Takes a line as the header when it names an asked column, or one of steps, and no numbers; answers whether it did. */
  offerHeader(line: string): boolean {
    if (RULE.test(line)) return false;
    const text = line.length > MAX_LINE ? "" : line.replace(PROGRESS, "");
    const pipes = namesIn(text, "pipes");
    const header = readDouble(this.#above, pipes, this.#metrics) ?? readHeader(text, this.#metrics);
    this.#above = pipes;
    if (header === null) return false;
    this.#header = header;
    this.#left = isLoose(header) ? LOOSE_ROW_WITHIN : FIRST_ROW_WITHIN;
    return true;
  }

  /** The asked columns of this line, when it is a row of the open table. */
  readRow(line: string): MetricReading | null {
    const header = this.#header;
    if (header === null || line.trim() === "" || RULE.test(line)) return null;
    if (isOtherHeader(line, header)) {
      this.#header = null;
      return null;
    }
    const row = line.length > MAX_LINE ? null : readCells(line, header);
    const values = row === null ? NOTHING : valuesOf(row, header);
    if (row === null || (values.size === 0 && header.columns.length > 0)) {
      this.#left--;
      if (this.#left <= 0) this.#header = null;
      return null;
    }
    this.#left = isLoose(header) ? LOOSE_ROW_WITHIN : NEXT_ROW_WITHIN;
    if (header.kind === "alone") this.#header = null;
    return { values, step: stepOf(row.cells[header.step]) };
  }
}

const NOTHING: ReadonlyMap<string, FoundValue> = new Map();

/** True for a line of names alone: another table begins, which has nothing that is asked for. */
function isOtherHeader(line: string, { kind, width }: Header): boolean {
  const cells = line.length > MAX_LINE ? null : split(line.replace(PROGRESS, ""), kind);
  if (cells === null || cells.length < 3 || isLoose({ kind }) || (kind === "pipes" && cells.length === width))
    return false;
  return cells.every((cell) => /^[^\d\s]\S{0,20}(?: \S{1,12})?$/.test(cell) && numberOf(cell) === null);
}

function valuesOf(row: Row, header: Header): ReadonlyMap<string, FoundValue> {
  const values = new Map<string, FoundValue>();
  const part = row.label === null || OVERALL.test(row.label) ? null : row.label.toLowerCase();
  for (const { index, name, certainty } of header.columns) {
    const value = numberOf(row.cells[index]!);
    if (value !== null) values.set(name, { value, certainty: part === null ? certainty : "spelled", part });
  }
  return values;
}

function isLoose({ kind }: Pick<Header, "kind">): boolean {
  return kind === "words" || kind === "alone";
}

function readHeader(line: string, metrics: readonly MetricName[]): Header | null {
  for (const kind of ["pipes", "tabs", "commas", "columns", "words", "alone"] as const) {
    const names = namesIn(line, kind);
    const header = names === null ? null : headerOf(kind, names, metrics);
    if (header !== null) return header;
  }
  return null;
}

/** A header whose names stand on two lines: `Validation` above `Accuracy`. */
function readDouble(
  above: readonly string[] | null,
  names: readonly string[] | null,
  metrics: readonly MetricName[],
): Header | null {
  if (above === null || names === null || above.length !== names.length) return null;
  const both = names.map((name, index) => `${above[index]} ${name}`.trim());
  const header = headerOf("pipes", both, metrics);
  return header !== null && header.columns.length > 0 ? header : null;
}

/** The line's cells when all are names, or null. */
function namesIn(line: string, kind: CellKind): readonly string[] | null {
  const cells = split(line, kind);
  if (cells === null || cells.length > MAX_CELLS) return null;
  const names = cells.map(cleanName);
  return names.every((name) => name.length <= 40 && name !== "=" && (name === "" || numberOf(name) === null))
    ? names
    : null;
}

function headerOf(kind: CellKind, names: readonly string[], metrics: readonly MetricName[]): Header | null {
  const columns = metrics.flatMap((metric) => columnOf(metric, names));
  const step = stepColumn(names);
  if (columns.length === 0 && (step < 0 || isLoose({ kind }))) return null;
  return { kind, width: names.length, columns, step };
}

function columnOf(metric: MetricName, names: readonly string[]): readonly Column[] {
  const columns = names.flatMap((name, index) => {
    const certainty = metric.certaintyOf(name);
    return certainty === null ? [] : [{ index, name: metric.name, certainty }];
  });
  return columns.length === 1
    ? columns
    : columns.filter(
        ({ certainty }, _, all) => certainty === "exact" && all.filter((one) => one.certainty === "exact").length === 1,
      );
}

function split(line: string, kind: CellKind): readonly string[] | null {
  const text = line.trim();
  let cells: readonly string[];
  switch (kind) {
    case "pipes":
      if (!PIPES.test(text)) return null;
      cells = text
        .replace(/^[|│┃║]|[|│┃║]$/g, "")
        .split(PIPES)
        .map((cell) => cell.trim());
      break;
    case "tabs":
      cells = text.split(/\t+/).map((cell) => cell.trim());
      break;
    case "commas":
      if (/\s{2,}|[,;]\s*$/.test(text)) return null;
      cells = text.split(/[,;]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
      if (cells.some((cell) => /\s/.test(cell) && cell.length > 24)) return null;
      break;
    case "columns":
      cells = text.split(/\s{2,}/);
      break;
    case "words":
      cells = text.split(/\s+/);
      break;
    case "alone":
      return [text.replace(/\s*[=:]$/, "")];
  }
  return cells.length >= 2 ? cells : null;
}

/** `mAP50-95):` as it is asked for: `mAP50-95`; `Box(P` stays. */
function cleanName(cell: string): string {
  const bare = cell.replace(/^["'`*]+|["'`*:]+$/g, "");
  return bare.endsWith(")") && !bare.includes("(") ? bare.slice(0, -1) : bare;
}

interface Row {
  /** The cells under the header's names. */
  readonly cells: readonly string[];
  /** What names the row, or null. */
  readonly label: string | null;
}

function readCells(line: string, header: Header): Row | null {
  const text = header.kind === "pipes" ? line : line.replace(PROGRESS, (tail) => (/^\d:/.test(tail) ? tail[0]! : ""));
  const all = split(text, header.kind === "columns" ? "words" : header.kind) ?? [];
  const { width } = header;
  const wide = header.kind === "columns" && all.length !== width ? (split(text, "columns") ?? []) : all;
  const cells = wide.length === width ? wide : all;
  if (cells.length < width) return null;
  const shown = cells.slice(cells.length - width);
  const before = cells.slice(0, cells.length - width);
  const numbers = shown.filter((cell) => numberOf(cell) !== null).length;
  if (before.length > 0 && (header.kind === "pipes" || header.kind === "commas" || before.length > 4)) return null;
  if (before.length > 0 && (numbers < width - 1 || (before.length > 1 && numbers < width))) return null;
  if (isLoose(header) ? numbers < width : numbers * 2 < Math.min(width, 4)) return null;
  const label = before.length > 0 ? before.join(" ") : shown[0]!;
  const named = /^\p{L}/u.test(label) && numberOf(label) === null;
  return { cells: shown, label: named && width + before.length > 1 ? label : null };
}

/** The number of a cell: `0.31`, `93.1%`, `0.31 ± 0.02`, `[0.31]`. */
function numberOf(cell: string): number | null {
  const text = cell.replace(/^[[("'*]+|[\])"'*]+$/g, "");
  const read = readNumber(text, 0);
  return read !== null && /^\s*(?:%|±.*|\+\/-.*|\+\S*|\(.*\))?\s*$/.test(text.slice(read.end)) ? read.value : null;
}

/** The finest step that heads one column alone; -1 for none. */
function stepColumn(names: readonly string[]): number {
  const lower = names.map((name) => name.toLowerCase());
  const keys = STEP_KEYS.filter((key) => lower.includes(key) && lower.indexOf(key) === lower.lastIndexOf(key));
  return keys[0] === undefined ? -1 : lower.indexOf(keys[0]);
}

function stepOf(cell: string | undefined): number | null {
  const match = /^\[?(\d{1,15})(?:\.0*)?(?:\/\d+)?\]?$/.exec(cell ?? "");
  return match === null ? null : Number(match[1]);
}
