import type { MetricName } from "./metric-name.ts";
import type { Certainty, FoundValue, MetricReading } from "./metric-reading.ts";
import { nameWords } from "./name-words.ts";
import { rulePieces } from "./ruled-names.ts";
import { beginsWithNumber, cellNumber, cellValue, isRule, splitCells, tableText } from "./table-cells.ts";
import { isLoose, readRuledHeader, readTableHeader, type TableHeader } from "./table-header.ts";
import { readTableRow, type TableRow } from "./table-row.ts";
import { type RowGap, TableShape } from "./table-shape.ts";
import { tableTitle } from "./table-title.ts";

const MAX_LINE = 2_000;
/** Other lines that may stand before the first row, and between rows. */
const FIRST_ROW_WITHIN = 50;
const NEXT_ROW_WITHIN = 20_000;
/** The same for a header that could as well be a sentence. */
const LOOSE_FIRST_WITHIN = 3;
const LOOSE_NEXT_WITHIN = 200;
const NO_GAP: RowGap = { kind: "none", text: null, header: false };
const NOTHING: ReadonlyMap<string, FoundValue> = new Map();
/** Rows that stand for all others. */
const OVERALL = /^(?:all|overall|total|mean|avg|average|(?:weighted|macro|micro|samples)(?:[ _-]?avg)?)\.?$/i;

/** Reads asked columns from tables in a program's output: a line of names, then rows of as many cells, as long as they are alike. */
export class OutputTable {
  readonly #metrics: readonly MetricName[];
  #header: TableHeader | null = null;
  #shape = new TableShape(-1, false);
  #gap: RowGap = NO_GAP;
  /** The line before, where it was one of names: the upper half of names on two lines. */
  #above: string | null = null;
  /** The line before, where it names what is asked for: a rule below it may say where its columns are. */
  #ruled: string | null = null;
  /** The line before that is no rule, blank lines aside. */
  #before: string | null = null;
  /** The one before the last that could be a header. */
  #heading: string | null = null;
  /** What the line above the open table's header says that it is of, or null. */
  #title: string | null = null;
  #left = 0;
  /** Whether a line came of which it cannot be told whether it is a row. */
  #doubted = false;

  constructor(metrics: readonly MetricName[]) {
    this.#metrics = metrics;
  }

  /** True while rows may come, so that every line must be looked at. */
  get open(): boolean {
    return this.#header !== null || this.#ruled !== null;
  }

  /** Takes a line as the header when it names an asked column, or one of steps, and no numbers; answers whether it did. */
  offerHeader(line: string): boolean {
    if (beginsWithNumber(line)) {
      [this.#above, this.#before] = [null, null];
      return false;
    }
    if (isRule(line)) {
      if (line.trim() === "") this.#above = null;
      return false;
    }
    const text = line.length > MAX_LINE ? "" : tableText(line);
    const header = readTableHeader(text, this.#above, this.#metrics);
    [this.#above, this.#ruled] = [text, text];
    [this.#heading, this.#before] = [this.#before, text];
    if (header === null) return false;
    this.#begin(header);
    return true;
  }

  #begin(header: TableHeader): void {
    this.#header = header;
    this.#title = this.#heading === null || header.step >= 0 ? null : tableTitle(this.#heading);
    this.#shape = new TableShape(header.step, isLoose(header.split));
    this.#gap = NO_GAP;
    this.#doubted = false;
    this.#left = isLoose(header.split) ? LOOSE_FIRST_WITHIN : FIRST_ROW_WITHIN;
  }

  /** Takes the rule right below a line of names, when it is broken between their columns; answers whether it did. */
  takeRule(line: string): boolean {
    const names = this.#ruled;
    this.#ruled = null;
    if (names === null) return false;
    const rule = tableText(line);
    const pieces = rulePieces(rule).length;
    const before = this.#header;
    if (pieces === 0 || (before !== null && !isLoose(before.split) && before.names.length === pieces)) return false;
    const ruled = readRuledHeader(names, rule, this.#metrics);
    // Names that stand otherwise than the rule says would be read of their neighbours' columns.
    if (ruled !== null) this.#begin(ruled);
    else if (before?.names.length !== pieces) this.#header = null;
    return true;
  }

  /** Takes a line that is no header, as it names nothing that is asked for. */
  passBy(line: string): void {
    if (isRule(line) && line.trim() !== "") return;
    this.#above = beginsWithNumber(line) || line.length > MAX_LINE ? null : tableText(line);
    if (line !== "") this.#before = this.#above;
  }

  /** The asked columns of this line, when it is a row of the open table. */
  readRow(line: string): MetricReading | null {
    const header = this.#header;
    if (header === null) return null;
    if (isRule(line)) {
      if (line.trim() === "" && this.#gap.kind === "none") this.#gap = { ...NO_GAP, kind: "blank" };
      return null;
    }
    const text = line.length > MAX_LINE ? "" : tableText(line);
    if (isOtherHeader(text, header, this.#gap)) {
      this.#header = null;
      return null;
    }
    const row = text === "" ? null : readTableRow(text, header);
    return row === null ? this.#passOver(line, header) : this.#readCells(row, header);
  }

  #readCells(row: TableRow, header: TableHeader): MetricReading | null {
    const values = valuesOf(row, header, this.#title);
    const verdict = this.#shape.judge(row, this.#gap);
    if (verdict === "end") {
      this.#header = null;
      return null;
    }
    if (verdict === "unclear" || this.#doubted) {
      this.#doubted = true;
      return values.size === 0 ? null : { values: NOTHING, step: null, unclear: [...values.keys()] };
    }
    this.#shape.add(row, this.#gap);
    this.#gap = NO_GAP;
    this.#left = isLoose(header.split) ? LOOSE_NEXT_WITHIN : NEXT_ROW_WITHIN;
    if (header.split === "alone") this.#header = null;
    if (values.size === 0 && header.columns.some((column) => column.row === null)) return null;
    return { values, step: stepOf(row.cells[header.step]) };
  }

  /** Takes a line that is no row. */
  #passOver(line: string, { split, names }: TableHeader): null {
    this.#left--;
    if (this.#left <= 0) this.#header = null;
    if (isPart(line, split)) return null;
    const words = splitCells(line, isLoose(split) ? "words" : split);
    const header = words?.length === names.length && looksLikeNames(words);
    this.#gap = { kind: "text", text: line.length > MAX_LINE ? null : line, header };
    return null;
  }
}

/** True for a line of names alone: another table begins, which has nothing that is asked for. */
function isOtherHeader(text: string, { split, names }: TableHeader, gap: RowGap): boolean {
  const cells = isLoose(split) || beginsWithNumber(text) ? null : splitCells(text, split);
  if (cells === null || cells.length < 3) return false;
  if (split === "pipes" && cells.length === names.length && gap.kind === "none") return false;
  return cells.every((cell) => /^[^\d\s]\S{0,20}(?: \S{1,12})?$/.test(cell) && cellNumber(cell) === null);
}

/** A row that fills only some of the columns: `    accuracy                           0.97        30`. */
function isPart(line: string, split: string): boolean {
  const cells = split === "columns" && line.length <= MAX_LINE ? splitCells(line, split) : null;
  return cells?.slice(1).every((cell) => cellNumber(cell) !== null) === true;
}

/** `layer params macs`, `Class Precision Recall`; not `Saving best model`. */
function looksLikeNames(words: readonly string[]): boolean {
  if (!words.every((word) => /^[\p{L}_%#][^\s:;!?]*$/u.test(word))) return false;
  const capital = words.map((word) => /^\p{Lu}/u.test(word));
  return capital.every((one) => one === capital[0]) || words.some((word) => word.includes("_"));
}

function valuesOf(row: TableRow, header: TableHeader, title: string | null): ReadonlyMap<string, FoundValue> {
  const values = new Map<string, FoundValue>();
  const label = row.label?.replace(/[.:]$/, "") ?? null;
  const overall = label !== null && OVERALL.test(label);
  for (const column of header.columns) {
    const { index, name, certainty } = column;
    const held = cellValue(row.cells[index]!);
    if (held === null) continue;
    const value = { value: Number.NaN, ...held };
    if (column.row !== null) {
      if ([label, title].some((text) => text !== null && nameWords(text).join(" ") === column.row))
        values.set(name, { ...value, certainty, part: null });
      continue;
    }
    const part = column.part ?? label?.toLowerCase() ?? null;
    const sure = label === null || overall ? certainty : below(certainty);
    values.set(name, { ...value, certainty: sure, part, row: true, title });
  }
  return values;
}

/** One row of several counts for less than the row that stands for all of them. */
function below(certainty: Certainty): Certainty {
  return certainty === "exact" ? "spelled" : "doubtful";
}

function stepOf(cell: string | undefined): number | null {
  const match = /^\[?(\d{1,15})(?:\.0*)?(?:\/\d+)?\]?$/.exec(cell ?? "");
  return match === null ? null : Number(match[1]);
}
