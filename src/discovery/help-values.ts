import { NUMBER, numberIn } from "../space/number-text.ts";

const WORD = String.raw`["'\x60]?[A-Za-z0-9][\w.+-]*\w["'\x60]?|["'\x60]?\w["'\x60]?`;
const OR = new RegExp(String.raw`(?:${WORD})(?:,\s*(?:${WORD}))*,?\s+or\s+(?:${WORD})(?![\w-])`, "g");
const COMMAS = new RegExp(String.raw`(?:${WORD})(?:,\s*(?:${WORD}))+(?![\w-])`, "g");
const SIGNS = new RegExp(String.raw`(?:${WORD})(?:\s*\|\s*(?:${WORD}))+|(?:${WORD})(?:/(?:${WORD}))+`, "g");
/** What announces a list, so that it needs no default among its words. */
const ANNOUNCED =
  /(?:\bone of|\beither|\bchoose (?:from|between)|\bchoices(?: are)?|\b(?:allowed|possible|valid|available|supported)(?: \w+)?(?: are)?|\boptions(?: are)?)\s*:?\s*[[({]?\s*$/i;

/** A list begins a phrase; `no sorting, or a key` is none of `sorting`. */
const BEGINS = /(?:^|[:;.,([{=]|\b(?:or|be|is|are|of|either|between|from|use|using|as|the))\s*$/i;
const PROSE = /^(?:an|the|this|that|it|its|not)$/;

/**
 * The words that a sentence lists as the values of an option: `one of a, b or c`; without such words in front, only where the
 * default is among them. Empty when it lists none.
 */
export function listedChoices(description: string, value: string | null): readonly string[] {
  if (numberIn(value) !== null) return [];
  // Blanks are one each, so that what may stand between two words has one way to be read.
  const said = description
    .replace(/\s+/g, " ")
    .replace(/[[(]\s*defaults?(?:\s+value)?(?:\s+is|\s+to|\s*[:=]|\s)[^()[\]]*[)\]]/gi, " ");
  if (/\b(?:list|comma|separated)\b/i.test(said)) return [];
  for (const pattern of [OR, SIGNS, COMMAS]) {
    for (const match of said.matchAll(pattern)) {
      const words = match[0].split(/\s*(?:,\s*or\s+|\s+or\s+|[,|/])\s*/).map((word) => word.replace(/["'`]/g, ""));
      const before = said.slice(0, match.index);
      const isAnnounced = ANNOUNCED.test(before);
      const isWhole = new Set(words).size === words.length && words.every((word) => /[A-Za-z]/.test(word));
      if (!isWhole || words.length > 30 || words.some((word) => PROSE.test(word))) continue;
      if (!isAnnounced && !BEGINS.test(before)) continue;
      // Commas part clauses as well.
      if (pattern === COMMAS && !isAnnounced && !/[:([{]\s*$/.test(before)) continue;
      if (value === null ? isAnnounced : words.includes(value)) return words;
    }
  }
  return [];
}

/** A value in a list below an option, what it means, and whether it is marked as the default. */
export interface ListedValue {
  readonly value: string;
  readonly meaning: string;
  readonly isDefault: boolean;
}

/** A line of a description: how far in it stands, and its text. */
export interface DescriptionLine {
  readonly indent: number;
  readonly text: string;
}

/** `C: Cosine distance`, `0 or nw : none`, `adam - Adam`, `adam   Adam`. */
const ITEM = /^(["'`]?)([\w+-]*[A-Za-z0-9][\w.+-]*)\1(?:\s+or\s+[\w.+-]+)?(\s*[:=–]\s+|\s+--?\s+|\s{2,})(\S.*)$/;
/** What begins a remark. */
const REMARK =
  /^(?:notes?|n\.?b\.?|examples?|e\.g\.?|i\.e\.?|default|defaults|formats?|warning|see|usage|hint|tip|where|types?|required|caution|important|available|values?|options?)$/i;

/** The values that an option lists on lines of their own below it, at least two at one indent; empty when it lists none. */
export function listedValues(lines: readonly DescriptionLine[]): readonly ListedValue[] {
  let best: readonly ListedValue[] = [];
  for (const [at, { indent }] of lines.entries()) {
    const run = runFrom(lines.slice(at), indent);
    if (run.length > best.length) best = run;
  }
  return best.length < 2 || new Set(best.map(({ value }) => value)).size < best.length ? [] : best;
}

function runFrom(lines: readonly DescriptionLine[], indent: number): readonly ListedValue[] {
  const run: ListedValue[] = [];
  let column: number | null = null;
  for (const line of lines) {
    if (line.indent > indent) continue;
    const item = line.indent === indent ? ITEM.exec(line.text) : null;
    if (item === null) {
      // `ED:a  : with a factor` is of the list, and no word.
      if (line.indent === indent && /^\S+\s+:\s/.test(line.text)) continue;
      break;
    }
    const [, , value, mark, text] = item;
    const start = item[0].length - text!.length;
    if (REMARK.test(value!) || (/^\s+$/.test(mark!) && column !== null && column !== start)) break;
    column = start;
    const isDefault = /[[(]\s*default\s*[\])]/i.test(text!);
    run.push({ value: value!, meaning: text!.replace(/\s*[[(]\s*default\s*[\])]/i, "").trim(), isDefault });
  }
  return run;
}

/** `0 -- C-SVC`, `1: sum`, `2 = mean`, `(3) last`: a number, a mark and what it stands for. */
const NUMBERED = /(?:^|[\s,;([{])(-?\d{1,2})(?:\)\s*|\s*(?:--|=>|[:=–])\s*|\s+-\s+)(?=[\p{L}"'`])/gu;

/**
 * The kinds that whole numbers stand for, when a description lists them one after the other from 0, 1 or -1 on; null when it does not.
 */
export function numberedKinds(description: string): readonly (readonly [number, string])[] | null {
  const items = [...description.matchAll(NUMBERED)];
  let best: readonly (readonly [number, string])[] | null = null;
  for (const [at, first] of items.entries()) {
    if (!/^(?:-1|0|1)$/.test(first[1]!)) continue;
    const run = [first];
    for (const item of items.slice(at + 1)) {
      if (Number(item[1]) !== Number(run.at(-1)![1]) + 1) break;
      run.push(item);
    }
    if (run.length < 2 || run.length <= (best?.length ?? 0)) continue;
    best = run.map((item, index) => {
      const end = run[index + 1]?.index ?? description.length;
      return [Number(item[1]), meaning(description.slice(item.index + item[0].length, end))] as const;
    });
  }
  return best;
}

/** The first words of what a number stands for. */
function meaning(text: string): string {
  const [first = ""] = text.trim().split(/\s{2,}|[,;)\]}]|\.\s|\t|\s\(/);
  return first.trim().slice(0, 40).trim();
}

const END = String.raw`(?![\w/%]|[.,:-]\d)`;

/** The first two groups are the bounds. */
const CLOSED = [
  new RegExp(String.raw`[[(]\s*(${NUMBER})\s*\.\.\s*(${NUMBER})\s*[\])]`),
  new RegExp(String.raw`[[(]\s*(${NUMBER})\s*(?:-|–|~|to|<=x<=)\s*(${NUMBER})(?=[\s,;:)\]/])`),
  new RegExp(String.raw`\(\s*(${NUMBER})\s*[:=][^()]*?\.\.+\s*(${NUMBER})\s*[:=)]`),
  new RegExp(String.raw`\(\s*(${NUMBER})[=:][^(),]*,\s*(${NUMBER})[=:]`),
  new RegExp(String.raw`\b(?:between|from)\s+(${NUMBER})(?:\s+\([^()]*\))?\s+(?:and|to)\s+(${NUMBER})${END}`),
  new RegExp(String.raw`\brange:?\s+(${NUMBER})\s*(?:-|–|~|to)\s*(${NUMBER})${END}`, "i"),
];
/** `0<x<=1`: the bound, its sign, the sign of the other, the other. */
const AROUND = new RegExp(String.raw`(${NUMBER})\s*(<=?)\s*[a-z]\w*\s*(<=?)\s*(${NUMBER})${END}`, "i");
/** `>3, <32`. */
const ABOVE_BELOW = new RegExp(String.raw`(>=?)\s*(${NUMBER})\s*(?:,|;|and)?\s*(?:and\s+)?(<=?)\s*(${NUMBER})${END}`);
/** `(n>0)`, `(>= 1)`. */
const ABOVE = new RegExp(String.raw`\(\s*(?:[a-z]\w*\s*)?(>=?)\s*(${NUMBER})\s*\)`, "i");

/**
 * The bounds that a description states for a number, infinite where it states one; null for none. An open bound of a whole number
 * is the next one inside; of a float a thousandth of the range further in.
 */
export function statedBounds(description: string, isInt: boolean): readonly [number, number] | null {
  for (const pattern of CLOSED) {
    const match = pattern.exec(description);
    if (match === null) continue;
    const [low, high] = [Number(match[1]), Number(match[2])];
    if (low < high) return [low, high];
  }
  const around = AROUND.exec(description);
  if (around !== null)
    return inside([Number(around[1]), Number(around[4])], [around[2] === "<", around[3] === "<"], isInt);
  const signs = ABOVE_BELOW.exec(description);
  if (signs !== null) return inside([Number(signs[2]), Number(signs[4])], [signs[1] === ">", signs[3] === "<"], isInt);
  const above = ABOVE.exec(description);
  return above === null ? null : inside([Number(above[2]), Number.POSITIVE_INFINITY], [above[1] === ">", false], isInt);
}

function inside(
  [low, high]: readonly [number, number],
  [isLowOpen, isHighOpen]: readonly [boolean, boolean],
  isInt: boolean,
): readonly [number, number] | null {
  const step = isInt ? 1 : Number.isFinite(high) ? (high - low) / 1000 : 0;
  const bounds = [isLowOpen ? low + step : low, isHighOpen ? high - step : high] as const;
  return bounds[0] < bounds[1] ? bounds : null;
}

/** `[-c numberOfCategories]`, `[-cat 20 | -nocat]`, `[--conf=name]`; a list of several values is none. */
const BRACKETED = /[[|]\s*(--?[A-Za-z][\w-]*)(?:\s+|=)([^\s[\]]+?)(?=\s*(?:\]|\s\|))/g;

/** What the usage lines of a help text name as the values of options whose descriptions name none. */
export function usageValues(text: string): ReadonlyMap<string, string> {
  return new Map(
    Array.from(text.matchAll(BRACKETED), ([, flag, value]) => [flag!, named(value!)] as const).filter(
      ([, value]) => !value.startsWith("-"),
    ),
  );
}

/** A number is an example of its type. */
function named(value: string): string {
  if (/^\d+$/.test(value)) return "NUM";
  return /^\d*\.\d+$/.test(value) ? "FLOAT" : value;
}
