import { findSpans, overlap } from "./find-spans.ts";
import { cellKind, cellNumber, cellValue, splitCells } from "./table-cells.ts";
import { isLoose, type TableHeader } from "./table-header.ts";

/** A line read under a header. */
export interface TableRow {
  /** The cells under the header's names. */
  readonly cells: readonly string[];
  /** What names the row, or null. */
  readonly label: string | null;
  /** Whether brackets around the whole row are part of it. */
  readonly bracketed: boolean;
  /** Columns before its first character. */
  readonly indent: number;
}

const MAX_WORDS = 100;
/** Columns whose cells name their rows, numbers too. */
const NAMING =
  /^(?:folds?|class(?:es)?|labels?|category|id|idx|index|split|run|seed|cluster|group|cv|k|rep|repeat|model|name|dataset|task|layer)$/i;
/** Columns that show a history of training: its rows are steps. */
const HELD_OUT = /^(?:val|valid|validation|test|eval|dev)[\W_]/i;
const FOLDS = /^(?:fit_time|score_time|fold|cutoff|horizon)$/i;
const TRAINED = /^(?:train|training|learn|loss|acc(?:uracy)?)(?:[\W_]|$)/i;

/** The row that a line is under this header, or null. */
export function readTableRow(text: string, header: TableHeader): TableRow | null {
  const { split, names, step } = header;
  const found = underNames(text, header) ?? byCount(text, header);
  if (found === null) return null;
  const { before, shown } = found;
  const several = names.length + before.length > 1;
  return {
    cells: shown,
    label: several && split !== "alone" ? labelOf(before, shown, names, step) : null,
    bracketed: isBracketed(text),
    indent: text.length - text.trimStart().length,
  };
}

interface RowCells {
  /** Cells before those that stand under names. */
  readonly before: readonly string[];
  readonly shown: readonly string[];
}

/** The line's last cells, as many as there are names. */
function byCount(text: string, header: TableHeader): RowCells | null {
  const { split, names } = header;
  const width = names.length;
  const all = cellsOf(text, header);
  const extra = all.length - width;
  if (extra < 0) return null;
  const [before, shown] = [all.slice(0, extra), all.slice(extra)];
  const numbers = shown.filter((cell) => cellValue(cell) !== null).length;
  if (extra > 0 && (split === "commas" || split === "alone" || extra > (split === "pipes" ? 1 : 4))) return null;
  if (extra > 0 && (numbers < width - 1 || (extra > 1 && numbers < width))) return null;
  const labelled = extra === 0 && NAMING.test(names[0]!) && isName(shown[0]!);
  if (isLoose(split) ? numbers < width - (labelled ? 1 : 0) : numbers * 2 < Math.min(width, 4)) return null;
  return { before, shown };
}

/** Cells by the names they stand under: each word under one name, or before all of them, and no more than one name with none. */
function underNames(text: string, { names, spans, split }: TableHeader): RowCells | null {
  if (spans === null || split !== "columns") return null;
  const words = findSpans(text, "words").filter((word) => !/^(?:±|\+\/-|\+-)$/.test(word.text));
  const places = words.map((word) => spans.findIndex((head) => overlap(head, word)));
  const first = places.findIndex((place) => place >= 0);
  if (first < 0 || words.length > 2 * MAX_WORDS) return null;
  const sorted = places
    .slice(first)
    .every((place, index, all) => place >= 0 && (index === 0 || place >= all[index - 1]!));
  if (!sorted || words.some((word) => spans.filter((head) => overlap(head, word)).length > 1)) return null;
  const shown = names.map((_, index) => {
    const own = words.filter((_, at) => places[at] === index);
    return own.length === 0 ? "" : text.slice(own[0]!.at, own.at(-1)!.end);
  });
  const twice = shown.some(
    (cell, index) => index > 0 && /\s/.test(cell) && !/\s/.test(names[index]!) && cellValue(cell) === null,
  );
  const numbers = shown.filter((cell) => cellValue(cell) !== null).length;
  const before = words.slice(0, first).map((word) => word.text);
  const empty = shown.filter((cell) => cell === "").length;
  if (twice || empty > 1 || numbers * 2 < names.length) return null;
  // A line with a cell less stands under its heads by their edges, or it is another line.
  const edged = words.slice(first).every((word, at) => {
    const head = spans[places[first + at]!]!;
    return word.at === head.at || word.end === head.end;
  });
  if (empty > 0 && (!edged || before.some((word) => cellNumber(word) !== null))) return null;
  return { before, shown };
}

/** `[0.5 0.9]` and the lines of a matrix; not `[10] 0.5 0.9`. */
function isBracketed(text: string): boolean {
  const depth = (text.match(/[[({]/g)?.length ?? 0) - (text.match(/[\])}]/g)?.length ?? 0);
  return depth !== 0 || (/^\s*[[({].*[\])}][,;.]?\s*$/.test(text) && !/^\s*[[({][^[\](){}\s]*[\])}]/.test(text));
}

function cellsOf(text: string, { split, names }: TableHeader): readonly string[] {
  const all = splitCells(text, split === "columns" ? "words" : split) ?? [];
  if (split !== "columns" || all.length === names.length) return all;
  const wide = splitCells(text, "columns") ?? [];
  return wide.length === names.length ? wide : all;
}

function labelOf(
  before: readonly string[],
  shown: readonly string[],
  names: readonly string[],
  step: number,
): string | null {
  const [first] = shown;
  if (before.length > 0) {
    const label = before.join(" ");
    if (isName(label) || (before.length === 1 && /^\d+\p{L}+$/u.test(label))) return label;
    return step >= 0 || isHistory(names) || !/^\d+$/.test(before[0]!) ? null : before[0]!;
  }
  if (isName(first!) || (step !== 0 && NAMING.test(names[0]!) && /^\d+$/.test(first!))) return first!;
  const last = shown.at(-1)!;
  return step < 0 && isName(last) ? last : null;
}

function isName(cell: string): boolean {
  return /^\p{L}/u.test(cell) && cellNumber(cell) === null && cellKind(cell) === "text";
}

function isHistory(names: readonly string[]): boolean {
  if (names.some((name) => FOLDS.test(name))) return false;
  return names.some((name) => HELD_OUT.test(name)) && names.some((name) => TRAINED.test(name));
}
