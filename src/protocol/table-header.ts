import { findSpans, overlap, type Span } from "./find-spans.ts";
import type { MetricName } from "./metric-name.ts";
import type { Certainty } from "./metric-reading.ts";
import { nameWords } from "./name-words.ts";
import { STEP_KEYS } from "./read-step.ts";
import { ruledNames } from "./ruled-names.ts";
import { type CellSplit, cellNumber, splitCells } from "./table-cells.ts";

/** A column of an asked metric. */
export interface TableColumn {
  readonly index: number;
  /** The metric. */
  readonly name: string;
  readonly certainty: Certainty;
  /** What the row must be called where the metric is a row and a column (`macro avg f1-score`); null for any row. */
  readonly row: string | null;
  /** What the line above adds to the column's name (`average` above `loss`), or null. */
  readonly part: string | null;
}

/** A line of names above rows. */
export interface TableHeader {
  readonly split: CellSplit;
  readonly names: readonly string[];
  /** Where they stand, for a table that blanks part; else null. */
  readonly spans: readonly Span[] | null;
  /** Columns of asked metrics; a name that heads several columns is in none. */
  readonly columns: readonly TableColumn[];
  /** Index of the column of steps, or -1. */
  readonly step: number;
}

const MAX_CELLS = 100;
const SPLITS = ["pipes", "tabs", "commas", "columns", "words", "alone"] as const;

/** True for a table whose header could as well be a sentence. */
export function isLoose(split: CellSplit): boolean {
  return split === "words" || split === "alone";
}

/** The header that a line is, by itself or with the line above; null when it names no asked column and no step, or has numbers. */
export function readTableHeader(
  text: string,
  above: string | null,
  metrics: readonly MetricName[],
): TableHeader | null {
  const double = doublePipes(text, above, metrics);
  if (double !== null) return double;
  const isNamed = metrics.some((metric) => metric.isIn(text));
  for (const split of SPLITS) {
    // Such a header has to have a name whole.
    const names = isLoose(split) && !isNamed ? null : cellNames(text, split);
    if (names === null) continue;
    const upper = split === "columns" ? upperNames(text, above) : [];
    const header = headerOf(split, text, names, upper, metrics);
    if (header !== null) return header;
  }
  return null;
}

/** The cells of a line when all are names, or null. */
export function cellNames(line: string, split: CellSplit): readonly string[] | null {
  const cells = splitCells(line, split);
  if (cells === null || cells.length > MAX_CELLS) return null;
  const names = cells.map(cleanName);
  return names.every((name) => name.length <= 40 && name !== "=" && (name === "" || cellNumber(name) === null))
    ? names
    : null;
}

/** The header that a line is above a rule that is broken between its columns; null when it names no asked column and no step. */
export function readRuledHeader(text: string, rule: string, metrics: readonly MetricName[]): TableHeader | null {
  const columns = ruledNames(text, rule);
  if (columns === null) return null;
  const names = columns.map(({ name }) => cleanName(name));
  const header = headerOf("columns", text, names, [], metrics);
  return header === null ? null : { ...header, spans: columns };
}

/** A header whose names stand on two lines: `Validation` above `Accuracy`. */
function doublePipes(text: string, above: string | null, metrics: readonly MetricName[]): TableHeader | null {
  const upper = above === null ? null : cellNames(above, "pipes");
  const names = upper === null ? null : cellNames(text, "pipes");
  if (names === null || upper?.length !== names.length) return null;
  const both = names.map((name, index) => `${upper[index]} ${name}`.trim());
  const header = headerOf("pipes", text, both, [], metrics);
  return header?.columns.some(({ row }) => row === null) === true ? header : null;
}

/** What stands above each name of a header that blanks part; nothing unless the line above is one of names too. */
function upperNames(text: string, above: string | null): readonly string[] {
  if (above === null || above === text || cellNames(above, "columns") === null) return [];
  const upper = findSpans(above, "columns");
  const lower = findSpans(text, "columns");
  const over = lower.map((name) => upper.find((one) => overlap(one, name))?.text ?? "");
  return over.filter((name) => name !== "").length * 2 >= lower.length ? over : [];
}

function headerOf(
  split: CellSplit,
  text: string,
  names: readonly string[],
  upper: readonly string[],
  metrics: readonly MetricName[],
): TableHeader | null {
  const both = names.map((name, index) => (upper[index] ? `${upper[index]} ${name}` : ""));
  const columns = metrics.flatMap((metric) => columnsOf(metric, names, both, upper, split));
  const step = stepColumn(names);
  if (columns.length === 0 && (step < 0 || isLoose(split))) return null;
  const spans = split === "columns" ? findSpans(text, "columns") : split === "words" ? findSpans(text, "words") : null;
  return { split, names, spans: spans?.length === names.length ? spans : null, columns, step };
}

function columnsOf(
  metric: MetricName,
  names: readonly string[],
  both: readonly string[],
  upper: readonly string[],
  split: CellSplit,
): readonly TableColumn[] {
  const whole = namedSo(metric, both, () => null);
  if (whole.length > 0) return whole;
  const plain = namedSo(metric, names, (index) => upper[index] || null);
  if (plain.length > 0) return plain;
  return isLoose(split) ? [] : rowsAndColumns(metric, names);
}

/** Columns with the metric's name: the only one, or of several the only one in its very letters. */
function namedSo(
  metric: MetricName,
  names: readonly string[],
  partOf: (index: number) => string | null,
): readonly TableColumn[] {
  const columns = names.flatMap((name, index) => {
    const certainty = metric.certaintyOf(name);
    const part = partOf(index)?.toLowerCase() ?? null;
    if (certainty === null) return [];
    return [{ index, name: metric.name, certainty: part === null ? certainty : "doubtful", row: null, part } as const];
  });
  if (columns.length <= 1) return columns;
  const exact = columns.filter(({ index }) => names[index] === metric.name);
  return exact.length === 1 ? exact : [];
}

/** Columns that are one half of the metric's name; the other half is the name of a row. */
function rowsAndColumns(metric: MetricName, names: readonly string[]): readonly TableColumn[] {
  const asked = nameWords(metric.name);
  return names.flatMap((name, index) => {
    const words = nameWords(name);
    const rest = asked.length - words.length;
    if (words.length === 0 || rest <= 0) return [];
    const row = isEqual(asked.slice(rest), words)
      ? asked.slice(0, rest)
      : isEqual(asked.slice(0, words.length), words)
        ? asked.slice(words.length)
        : null;
    if (row === null) return [];
    return [{ index, name: metric.name, certainty: "spelled", row: row.join(" "), part: null } as const];
  });
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}

/** `mAP50-95):` as it is asked for: `mAP50-95`; `Box(P` stays. */
function cleanName(cell: string): string {
  const bare = cell.replace(/^["'`*]+|["'`*:]+$/g, "");
  return bare.endsWith(")") && !bare.includes("(") ? bare.slice(0, -1) : bare;
}

/** The finest step that heads one column alone; -1 for none. */
function stepColumn(names: readonly string[]): number {
  const lower = names.map((name) => name.toLowerCase());
  const keys = STEP_KEYS.filter((key) => lower.includes(key) && lower.indexOf(key) === lower.lastIndexOf(key));
  return keys[0] === undefined ? -1 : lower.indexOf(keys[0]);
}
