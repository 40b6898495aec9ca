import { metricLikeValues } from "../protocol/read-metric-line.ts";
import { ruledNames } from "../protocol/ruled-names.ts";
import { NUMBER as DECIMAL } from "../space/number-text.ts";
import { isUsual, meaningOf } from "./rank-metrics.ts";

/** What may name one number of the output, the likeliest first; whether it does, the reader says. */
export type Proposal = readonly string[];

/** Where a value may begin: a number, in quotes or brackets, or wrapped as in `tensor(0.31)`. */
const VALUE = String.raw`(?:[A-Za-z_][\w.]{0,40}\()?["'([]{0,3}[-+−]?(?:\.?\d|nan\b|inf)`;
/** Behind a name: a sign, the edge of a cell, a word of being, dots or blanks; and then a value. */
const BEHIND_NAME = new RegExp(
  String.raw`(?:\s*(?:->|=>|→|:\s?=|[:=│┃║┆|])(?!=)\s*(?:[↑↓]\s*[|│┃║┆]\s*)?|\s{0,40}\.{2,80}\s{0,40}|\s{1,8}(?:is|was)\s{1,8}|(?<=[^\s:=|│┃║┆])\s{1,60})(?=${VALUE})`,
  "giu",
);
/** What ends a name to the left. */
const EDGE = /[,;|│┃║┆()[\]{}\t<>]|=|(?<!\d):|:(?!\d)|\s{2,}|\s[-–—*]\s|\.{2,}/gu;
const ASIDE = /\s*[([][^()[\]]{0,30}[)\]]$/;
const NUMBER = /^[-+−#~]?[\d.]/;
/** Words of a log line before what it says. */
const LOG_WORD = /^(?:info|debug|warn(?:ing)?|error|critical|notice|log|[IWED]|\*+|-+|>+|#+|=+>?)$|^c$/i;
/** Words behind which the name of a number begins. */
const CUT =
  /^(?:with|and|has|have|got|gives?|gave|improved?|improves|did|does|not|saved?|saving|loaded|loading|reached|achieved|now|by|from|to|its|the|a|an|is|was|are)$/i;
/** Words within a label: `Reads with adapters: 8`. */
const LINK = /^(?:with|and|by|from|to|its|the|an?)$/i;
const PREPOSITION = /^(?:of|on|for|over|at|in|after|across)$/i;
/** The number, and then a word that is no name of another number: `first 20 iterations.` */
const SENTENCE = /^\S+\s+\p{L}{3,}(?!\p{L}|\S*\s*[=:]?\s*[-+]?\.?\d)/u;
/** A number that a phrase stands behind, up to what ends both: `66.67% overall alignment rate`, `9  clusters`. */
const BEHIND_VALUE = new RegExp(
  String.raw`(?:^\s*|[,;|([]\s{0,8}|\t\s*|\s{2,})${DECIMAL}\s?%?\s{1,12}(\p{L}[\p{L}\p{N}_%/@-]{1,30}(?: \p{L}[\p{L}\p{N}_%/@-]{0,30}){0,5})(?=\s{0,3}(?:$|[,;|)\]}(]|\.(?:\s|$))|\t|\s{2})`,
  "giu",
);
const MAX_WORDS = 8;
const MAX_NAME = 80;

/** Everything in these lines that could be the name of a number, once each, in order. */
export function proposeNames(lines: readonly string[]): readonly Proposal[] {
  const found = new Map<string, Proposal>();
  const add = (variants: readonly string[]): void => {
    const names = [...new Set(variants.map(tidy))].filter(isName);
    const [first] = names;
    if (first !== undefined && !found.has(names.join("\n"))) found.set(names.join("\n"), names);
  };
  const known = new Set<string>();
  for (const [index, line] of lines.entries()) {
    // Lines that differ in their numbers alone propose the same; digits within names (`acc@5`) are none.
    const form = line.replace(/(?<![\p{L}\p{N}_@.-])[-+]?\d[\d.,:]*/gu, "0");
    for (const names of tableNames(lines, index)) add(names);
    if (known.has(form)) continue;
    if (!/\D*\d/.test(line) && !/nan|inf/i.test(line)) continue;
    known.add(form);
    if (line.trimStart().startsWith("{")) for (const [name] of metricLikeValues(line)) add([name]);
    for (const variants of namesOnLine(line)) add(variants);
    for (const variants of namesBehindValues(line)) add(variants);
  }
  return [...found.values()];
}

function namesOnLine(line: string): readonly Proposal[] {
  return [...line.matchAll(BEHIND_NAME)].flatMap(({ 0: sign, index }) => {
    // `12:30` and `train.py:160` name nothing.
    if (/^:$/.test(sign) && /(?:\d|\.\w{1,4})$/.test(line.slice(0, index))) return [];
    const phrases = phrasesBefore(line, index);
    const isLabel = /[:=]/.test(sign) && phrases.length === 1 && line.trimStart().startsWith(phrases[0]!.trim());
    const names = phrases.flatMap((phrase) => variantsOf(phrase, isLabel));
    const [aside] = ASIDE.exec(line.slice(Math.max(0, index - 120), index).trimEnd()) ?? [];
    const qualified = aside === undefined || names[0] === undefined ? [] : [[`${names[0]} ${aside.trim()}`]];
    const inSentence = sign.trim() === "" && SENTENCE.test(line.slice(index + sign.length));
    return inSentence && meaningOf(names[0] ?? "").kind === "unknown" ? [] : [names, ...qualified];
  });
}

/** Names of numbers before them; what is only a unit or says how far it is names none. */
function namesBehindValues(line: string): readonly Proposal[] {
  const phrases = [...line.matchAll(BEHIND_VALUE)].map(([, phrase]) => phrase!);
  const isName = (phrase: string): boolean => {
    const [first = ""] = phrase.split(" ");
    return !CUT.test(first) && !PREPOSITION.test(first) && !["expense", "speed"].includes(meaningOf(phrase).kind);
  };
  return phrases.filter(isName).map((phrase) => [phrase]);
}

/** The text before a sign, back to the edge of what belongs to it; of `RMSE (rmse) on test data` the parts before the preposition. */
function phrasesBefore(line: string, sign: number): readonly string[] {
  const before = line.slice(Math.max(0, sign - 120), sign);
  const text = before.replace(/["'`*\s]+$/, "").replace(ASIDE, "");
  const phrase = lastPart(text);
  const [first = ""] = phrase.trim().split(/\s/);
  const aside = ASIDE.exec(text.slice(0, text.length - phrase.length).trimEnd());
  if (aside === null || !PREPOSITION.test(first)) return [phrase];
  return [lastPart(text.slice(0, aside.index)), aside[0].replace(/[\s()[\]]+/g, " ")];
}

function lastPart(text: string): string {
  const last = [...text.matchAll(EDGE)].at(-1);
  return last === undefined ? text : text.slice(last.index + last[0].length);
}

/**
 * The phrase whole, then without what may stand before the name, then its parts. The words of a label are kept together, unless its
 * last ones are a result's name by themselves.
 */
function variantsOf(phrase: string, isLabel: boolean): Proposal {
  const words = withoutLogWords(phrase.split(/\s+/).filter((word) => word !== ""));
  const number = words.findLastIndex((word) => NUMBER.test(word));
  const behind = withoutLogWords(words.slice(number + 1));
  const cut = behind.slice(behind.findLastIndex((word) => CUT.test(word)) + 1);
  const whole = behind.slice(behind.findLastIndex((word) => CUT.test(word) && !LINK.test(word)) + 1);
  const own = isLabel && number < 0 && !LINK.test(whole[0] ?? "") && !isUsual(cut.join(" ")) ? whole : cut;
  const preposition = words.findIndex((word) => PREPOSITION.test(word));
  const before = preposition > 0 ? [words.slice(0, preposition)] : [];
  if (number < 0) return joined([...suffixes(own), ...before]);
  const ofNumber = preposition >= 0 && preposition < number;
  const counts = ofNumber || /^\d{1,6}$/.test(words[number]!);
  return joined([...(ofNumber ? [] : suffixes(own)), ...before, ...(counts && behind.length > 0 ? [words] : [])]);
}

function withoutLogWords(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !LOG_WORD.test(word));
  return first < 0 ? [] : words.slice(first);
}

function joined(names: readonly (readonly string[])[]): Proposal {
  const outer = (words: readonly string[]): boolean =>
    [words[0], words.at(-1)].some((word) => PREPOSITION.test(word ?? ""));
  return names.filter((words) => !outer(words)).map((words) => words.join(" "));
}

function suffixes(words: readonly string[]): readonly (readonly string[])[] {
  const from = Math.max(0, words.length - MAX_WORDS);
  return words.slice(from).map((_, index) => words.slice(from + index));
}

function tidy(name: string): string {
  return name
    .trim()
    .replace(/^["'`*:.]+|[\s"'`*:=]+$/g, "")
    .trim();
}

function isName(name: string): boolean {
  return name.length <= MAX_NAME && /^[\p{L}_%]/u.test(name) && /\p{L}/u.test(name) && !/^(?:nan|inf\w*)$/i.test(name);
}

const RULE = /^[\s|│┃║┆+:=┼├┤─━═╪╞╡╇┡┩╂└┘┌┐┏┓┗┛-]*$/;
const PROGRESS = /(?:\d:)?\s+\d{1,3}%\s*[|│▏▎▍▌▋▊▉█━#].*$/u;
const PIPES = /[|│┃║┆]/;
const CELL_NUMBER = /^["'([]{0,3}[-+−]?(?:\.?\d|nan\b|inf)/i;
const NAME = /^[^\d\s=][^\n=]{0,60}$/u;
/** Lines below a header within which its first row stands. */
const ROW_WITHIN = 6;

/** Names that this line gives to the columns below it, each with its variants; none when no row of numbers follows. */
function tableNames(lines: readonly string[], index: number): readonly (readonly string[])[] {
  const line = lines[index]!.replace(PROGRESS, "");
  if (line.length > 2_000 || line.trim() === "" || RULE.test(line)) return [];
  const below = lines.slice(index + 1, index + 1 + ROW_WITHIN).filter((one) => one !== "" && !RULE.test(one));
  const ruled = ruledNames(line, lines[index + 1] ?? "");
  if (ruled !== null && below.some((row) => /\d/.test(row)))
    return ruled.flatMap(({ name }) => (NAME.test(name) ? [[name]] : []));
  const found: (readonly string[])[] = [];
  for (const split of [pipes, tabs, commas, columns, words]) {
    const cells = split(line);
    if (cells === null || cells.length < 2 || !cells.every((cell) => cell === "" || NAME.test(cell))) continue;
    const rows = split === words || split === columns ? below.slice(0, 3) : below;
    if (!rows.some((row) => isRow(split(row.replace(PROGRESS, "")) ?? [], cells.length, split === words))) continue;
    const above = split === pipes && index > 0 ? pipes(lines[index - 1]!) : null;
    for (const [column, cell] of cells.entries()) {
      const both = above?.length === cells.length ? [`${above[column]} ${cell}`] : [];
      if (cell !== "") found.push([...both, cell, cell.replace(/\)?:?$/, "")]);
    }
  }
  const [next] = below;
  const alone = line.trim().replace(/\s*[=:]$/, "");
  if (NAME.test(alone) && alone.split(/\s+/).length <= 6 && /^\s*[-+−]?(?:\.?\d)[\d.eE+-]*%?$/.test(next ?? ""))
    found.push([alone]);
  return found;
}

function isRow(cells: readonly string[], width: number, strict: boolean): boolean {
  const parts = cells.flatMap((cell) => cell.split(/\s+/));
  const numbers = parts.filter((part) => CELL_NUMBER.test(part)).length;
  return strict ? parts.length === width && numbers >= width - 1 : numbers >= Math.min(2, Math.ceil(width / 3));
}

function pipes(line: string): readonly string[] | null {
  if (!PIPES.test(line)) return null;
  return line
    .trim()
    .replace(/^[|│┃║]|[|│┃║]$/g, "")
    .split(PIPES)
    .map((cell) => cell.trim());
}

const tabs = (line: string): readonly string[] | null => splitBy(line, /\t+/);
const columns = (line: string): readonly string[] | null => splitBy(line, /\s{2,}/);
const words = (line: string): readonly string[] | null => splitBy(line, /\s+/);

function commas(line: string): readonly string[] | null {
  return splitBy(line, /[,;]/)?.map((cell) => cell.replace(/^"(.*)"$/, "$1")) ?? null;
}

function splitBy(line: string, pattern: RegExp): readonly string[] | null {
  const cells = line
    .trim()
    .split(pattern)
    .map((cell) => cell.trim());
  return cells.length >= 2 ? cells : null;
}
