import { UNSIGNED } from "../space/number-text.ts";
import type { MetricName, NamePlace } from "./metric-name.ts";
import { lookalike } from "./number-notation.ts";
import { readPattern } from "./read-pattern.ts";
import { saidOfOther } from "./said-behind.ts";

const GROUP = "([-+.0-9eE]+)";
/** The same for a number with commas between its thousands. */
const THOUSANDS = "(?<thousands>[-+.,0-9]+)";
const MAX_LINE = 400;
/** Longest text of a line that an expression repeats. */
const MAX_BETWEEN = 90;
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.,:/])[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|${UNSIGNED})`,
  "gu",
);
const COUNTER = /\b((?:epoch|step|iter(?:ation)?|round|fold|batch|trial|generation|episode)[ =:#]{1,3})\d+/giu;
/** What tells lines apart that are alike up to the number: its unit, and brackets without numbers. */
const BEHIND =
  /^(?:[ \t]?\/?[\p{L}%]{1,12}(?:\/\p{L}{1,12})?(?![\p{L}\p{N}]))?(?:[ \t]{0,3}[([][^()[\]\d]{1,50}[)\]])*/u;
const SPECIAL = /[\\^$.*+?()[\]{}|]/g;

interface Place {
  readonly at: number;
  readonly end: number;
}

/**
 * An expression for `--metric-regex` that reads a number of the metric from these lines, the first of which has its name: behind the
 * name, before it, or below it in the lines that follow. It is made from one line and was tried on it; null where none can be made.
 */
export function proposePattern(lines: readonly string[], name: MetricName): string | null {
  const [first = "", ...below] = lines.map((line) => (line.length <= MAX_LINE ? line : ""));
  for (const place of name.places(first).toReversed()) {
    if (!isWhole(first, place)) continue;
    const found = behindName(first, place, name.name) ?? beforeName(first, place);
    if (found !== null) return found;
    for (const row of below) {
      const inRow = underName(row, place);
      if (inRow !== null) return inRow;
    }
  }
  return null;
}

function isWhole(line: string, { at, end }: NamePlace): boolean {
  return !/[\p{L}\p{N}_./@-]/u.test(line[at - 1] ?? " ") && !/[\p{L}\p{N}_]/u.test(line[end] ?? " ");
}

function behindName(line: string, { at, end }: NamePlace, name: string): string | null {
  const numbers = numbersOf(line).filter((number) => number.at >= end && number.at - end <= MAX_BETWEEN);
  const isCount = (number: Place): boolean =>
    [...line.matchAll(COUNTER)].some((c) => c.index + c[0].length === number.end);
  const own = numbers.filter((number) => !isCount(number));
  const outside = own.filter((number) => depthAt(line.slice(end, number.at)) === 0);
  const signed = outside.find((number) => /[=:]\s*$/.test(line.slice(end, number.at)));
  const number = signed ?? outside[0] ?? own[0];
  if (
    number === undefined ||
    saidOfOther(line, number.end, name) ||
    /[;|│]\s*\p{L}[^=:]*[=:]/u.test(line.slice(end, number.at).replace(/[([][^()[\]]*[)\]]/g, ""))
  )
    return null;
  const prefix = line.slice(at, number.at);
  return tried(line, general(prefix), behind(line, number.end), number);
}

function beforeName(line: string, { at, end }: NamePlace): string | null {
  const number = numbersOf(line).findLast((one) => one.end <= at && at - one.end <= 40);
  if (number === undefined || /[;,|│]/.test(line.slice(number.end, at))) return null;
  return tried(line, "", general(line.slice(number.end, end)), number);
}

/** The number of a row that stands under the name, behind all that stands before it in the row. */
function underName(row: string, place: Place): string | null {
  const number = numbersOf(row).find((one) => one.at < place.end && place.at < tokenEnd(row, one.end));
  if (number === undefined) return null;
  const before = rowForm(row.slice(0, number.at));
  const unit = /^\s{0,2}(?:\/?[\p{L}%]{1,12}(?:\/\p{L}{1,12})?)(?=\s|$)/u.exec(row.slice(number.end))?.[0] ?? "";
  return tried(row, `^${before}`, general(unit), number);
}

/** The expression of a number between these two, if it reads that number on the line. */
function tried(line: string, before: string, behind: string, number: Place): string | null {
  const text = line.slice(number.at, number.end);
  const thousands = text.includes(",");
  // A part of something that is no number: `3/10`, `12 of 20`, `1 234`.
  if (!thousands && lookalike(line, number.at) !== null) return null;
  const value = Number(text.replaceAll(",", ""));
  for (const suffix of [behind, ""]) {
    const source = `${before}${thousands ? THOUSANDS : GROUP}${suffix}`;
    const pattern = new RegExp(source, "dg");
    const matches = [...line.matchAll(pattern)].map(({ 0: all, 1: group, index, indices }) => {
      return { text: group!, at: indices![1]![0], end: index + all.length, step: null, thousands };
    });
    const read = readPattern({ metric: "", matches: () => matches }, line);
    if (read !== null && "value" in read && Object.is(read.value, value)) return source;
  }
  return null;
}

/** Numbers that stand by themselves or in brackets, plain ones alone. */
function numbersOf(line: string): readonly Place[] {
  return [...line.matchAll(NUMBER)].flatMap(({ 0: text, index }) => {
    const end = index + text.length;
    return /^[,:.]\d/.test(line.slice(end)) ? [] : [{ at: index, end }];
  });
}

function depthAt(text: string): number {
  return (text.match(/[([{]/g)?.length ?? 0) - (text.match(/[)\]}]/g)?.length ?? 0);
}

function tokenEnd(text: string, from: number): number {
  const length = /^\S*/.exec(text.slice(from))![0].length;
  return from + length;
}

/** What stands behind a number; up to the line's end where it is all. */
function behind(line: string, end: number): string {
  const rest = line.slice(end);
  const own = BEHIND.exec(rest)?.[0] ?? "";
  const ends = own !== "" && rest.slice(own.length).trim() === "" ? "\\s*$" : "";
  return general(own) + ends;
}

/** Text as an expression: blanks of any length, numbers of steps as any. */
function general(text: string): string {
  const parts = text.split(/(\s+)/);
  const source = parts.map((part) => (/^\s+$/.test(part) ? "\\s+" : part.replace(SPECIAL, "\\$&"))).join("");
  return source.replace(
    /((?:epoch|step|iter(?:ation)?|round|fold|batch|trial|generation|episode)(?:\\s\+|[=:#]){1,3})\d+/giu,
    "$1\\d+",
  );
}

/** The cells before a number of a row: words as they are, and anything for what has digits. */
function rowForm(text: string): string {
  const parts = text.split(/(\s+)/);
  return parts
    .map((part) => (part === "" ? "" : /^\s+$/.test(part) ? "\\s+" : cellForm(part)))
    .join("")
    .replace(/^\\s\+/, "\\s*");
}

function cellForm(cell: string): string {
  if (/^[-+.\deE]+$/.test(cell)) return "[-+.0-9eE]+";
  return /\d/.test(cell) ? "\\S+" : cell.replace(SPECIAL, "\\$&");
}
