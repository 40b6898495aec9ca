import { asideBehind } from "./aside-behind.ts";
import { DATA_PARTS, dataPart } from "./data-part.ts";
import { lineSections, sectionAt } from "./line-sections.ts";
import type { MetricName, NamePlace } from "./metric-name.ts";
import { type FoundValue, levelOf } from "./metric-reading.ts";
import { readNumber } from "./read-number.ts";
import { saidOfOther } from "./said-behind.ts";
import { valueBefore } from "./value-before.ts";
import { type ValueBehind, valueBehind } from "./value-behind.ts";

interface Candidate extends FoundValue {
  /** 3: by a sign or in a cell, 2: behind blanks, 1: in a sentence or qualified. */
  readonly rank: number;
}

const WORD_CHAR = /[\p{L}\p{N}_]/u;
const BLANK = /\s/;
/** `640:  50%|█████`, `100% ━━━━ 1/1`: how far, and not what. */
const PROGRESS_BAR = /%\s{0,3}(?:[|│▏▎▍▌▋▊▉█━─╸#]|\d+\/\d+)/y;
const QUALIFIER = new RegExp(
  `^(?:best|lowest|highest|min|max|minimum|maximum|previous|prev|old|last|former|final|initial|starting|target|baseline|expected|goal|adj\\.?|adjusted|smoothed|ema|moving|rolling|running|avg\\.?|average|${DATA_PARTS})(?=(?:[-_]so[-_]far)?$)`,
  "i",
);
/** `valid_0's auc`. */
const OWNER = /^[\p{L}_][\p{L}\p{N}_]*'s$/u;
const WORD_BEFORE = /(?:^|[\s([|,;{])([^\s([|,;{]{1,30})\s{1,2}$/;
/** `best EMA loss`, `lowest masked loss`: a word of any kind between. */
const PICKED_BEFORE = /(?:^|[\s([|,;{])(best|lowest|highest|previous)\s\p{L}[\p{L}-]{0,20}\s$/iu;
const MAX_BEFORE = 36;
const QUALITY = /loss|error|acc|auc|f1|precision|recall/i;
const UNIT =
  /^(?:[nuµm]?s|[kmgt]?i?b|allocs?|ops?|req(?:uests)?|tok(?:en)?s?|it(?:er)?s?|cycles|rows|samples)\/(?:op|ops|s|sec|iter|it|req|call|byte|b)$/i;
/** `(train=0.9, test=0.804)` behind a name, and each of its pairs. */
const GROUP =
  /["'`]?\s{0,3}[=:]?\s{0,3}[([{]\s{0,3}(?=["'`]?[a-z]{2,12}["'`]?\s{0,3}[=:]\s{0,3}[-+.\dni])([^()[\]{}]{1,200})[)\]}]/iy;
const PAIR = /(?:^|[,;\s])["'`]?([a-z_]{2,12})["'`]?\s{0,3}[=:]\s{0,3}(?=[-+.\dni])/gi;

/**
 * The asked metric's value on a line: the surest form, of equals the last one; null when there is none. Values of several parts
 * are told with it. `heading` is the part of the data that a heading above the line names, or null.
 */
export function findMetric(line: string, name: MetricName, heading: string | null): FoundValue | null {
  const own = choose(candidates(line, name, heading));
  if (name.within === null || (own !== null && own.certainty !== "doubtful")) return own;
  const { part, rest } = name.within;
  const ofPart = candidates(line, rest, heading).filter((found) => found.part !== null && isOf(found.part, part));
  return choose(ofPart.map((found) => ({ ...found, certainty: "spelled", part: null, headed: false }))) ?? own;
}

function choose(all: readonly Candidate[]): FoundValue | null {
  let best: Candidate | null = null;
  for (const found of all) if (best === null || weight(found) >= weight(best)) best = found;
  if (best === null) return null;
  const level = levelOf(best);
  const besides = new Set(all.filter((found) => levelOf(found) === level).flatMap(({ part }) => part ?? []));
  if (best.part !== null) besides.delete(best.part);
  return besides.size === 0 ? best : { ...best, besides: [...besides].slice(0, 5) };
}

function weight(found: Candidate): number {
  return found.fault?.sure === false ? 0 : (levelOf(found) + 1) * 4 + found.rank;
}

/** True for `val` and `validation`; not for `best val`. */
function isOf(part: string, asked: number): boolean {
  return dataPart(part.replace(/^\(|\)$|'s$/g, "")) === asked;
}

function candidates(line: string, name: MetricName, heading: string | null): readonly Candidate[] {
  const places = name.places(line);
  if (places.length === 0) return [];
  const sections = lineSections(line);
  return places.flatMap((place) => {
    if (WORD_CHAR.test(line[place.at]!) && continuesWord(line, place.at)) return [];
    if (WORD_CHAR.test(line[place.end - 1]!) && WORD_CHAR.test(line[place.end] ?? " ")) return [];
    const section = sectionAt(sections, place.at);
    const under = name.isPart ? null : (section?.part ?? heading);
    const group = inGroup(line, place);
    return group.length > 0 ? group : candidateAt(line, place, name, { best: section?.best === true, under });
  });
}

interface Around {
  /** Whether the place is among what is said of the best so far. */
  readonly best: boolean;
  /** The part of the data that the place is under, or null. */
  readonly under: string | null;
}

function candidateAt(line: string, place: NamePlace, name: MetricName, around: Around): readonly Candidate[] {
  const { at, end, certainty } = place;
  const before = line.slice(Math.max(0, at - 24), at);
  // `1234 ns/op     512 B/op`: a unit stands behind its number, whatever follows.
  const found = UNIT.test(line.slice(at, end)) && /\d\s{1,12}$/.test(before) ? null : valueBehind(line, end, before);
  if (found === null) {
    const ahead = valueBefore(line, at, end);
    return ahead === null ? [] : [{ ...ahead, rank: 1, certainty: "doubtful" }];
  }
  if (matches(PROGRESS_BAR, line, found.end) || saidOfOther(line, found.numberEnd ?? found.end, name.name)) return [];
  const own = withoutMark(line, name.name, found);
  const { rank } = found;
  if (around.best) return [{ ...own, rank: 1, certainty: "doubtful", part: "best" }];
  const words = wordsBefore(line, at);
  const said = [around.under, ...words].filter((word) => word !== null).join(" ");
  if (rank === 1) {
    const phrase = found.part === null ? null : `${line.slice(at, end).toLowerCase()} ${found.part}`;
    return [{ ...own, certainty: "doubtful", part: phrase ?? (said === "" ? null : said) }];
  }
  if (said === "") {
    const part = asideBehind(line, found.end);
    return [{ ...own, certainty, part, headed: part !== null }];
  }
  if (words.length === 0) return [{ ...own, certainty, part: said, headed: true }];
  if (words.every((word) => word.endsWith("'s"))) return [{ ...own, certainty: "spelled", part: said }];
  return [{ ...own, rank: 1, certainty: "doubtful", part: said }];
}

/** Value and unit; of a quality marked by a lone `h`, as Vowpal Wabbit marks what is held out, no hours. */
function withoutMark(
  line: string,
  name: string,
  found: ValueBehind,
): Pick<Candidate, "value" | "fault" | "unit" | "rank"> {
  const { value, fault, unit, rank, numberEnd } = found;
  const marked =
    numberEnd !== undefined &&
    QUALITY.test(name) &&
    /^\s{1,3}h(?![\p{L}\p{N}])/u.test(line.slice(numberEnd, numberEnd + 6));
  const number = marked
    ? /[-+]?\d{1,15}(?:\.\d{1,20})?(?:e[-+]?\d{1,3})?$/i.exec(line.slice(Math.max(0, numberEnd - 40), numberEnd))
    : null;
  return number === null ? { value, fault, unit, rank } : { value: Number(number[0]), rank };
}

/** What the words right before a name say it is of, in order: `best`, `train`, `valid_0's`. */
function wordsBefore(line: string, at: number): readonly string[] {
  const words: string[] = [];
  let end = at;
  while (words.length < 3 && BLANK.test(line[end - 1] ?? "x")) {
    const before = line.slice(Math.max(0, end - MAX_BEFORE), end);
    const word = WORD_BEFORE.exec(before)?.[1];
    if (word === undefined) break;
    const qualifier = OWNER.test(word) ? word : QUALIFIER.exec(word)?.[0];
    if (qualifier === undefined) {
      const picked = PICKED_BEFORE.exec(before)?.[1];
      if (picked !== undefined) words.unshift(picked.toLowerCase());
      break;
    }
    words.unshift(qualifier.toLowerCase());
    end -= before.length - before.lastIndexOf(word);
  }
  return words;
}

/** Values of several parts in brackets: `accuracy: (train=0.9, test=0.804)`. */
function inGroup(line: string, { end }: NamePlace): readonly Candidate[] {
  GROUP.lastIndex = end;
  const group = GROUP.exec(line);
  if (group === null) return [];
  return [...group[1]!.matchAll(PAIR)].flatMap(({ 0: pair, 1: part, index }) => {
    const read = dataPart(part!) < 0 ? null : readNumber(group[1]!, index + pair.length);
    return read === null ? [] : [{ value: read.value, rank: 1, certainty: "doubtful", part: part!.toLowerCase() }];
  });
}

/** True inside a longer word or path (`my_val_loss`, `old-val_loss`, `train/loss`, `--loss`), false behind dots (`...loss`). */
function continuesWord(line: string, at: number): boolean {
  const before = line[at - 1] ?? " ";
  if (before === "." || before === "/" || before === "@") return WORD_CHAR.test(line[at - 2] ?? " ");
  return before === "-" || WORD_CHAR.test(before);
}

function matches(pattern: RegExp, line: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(line);
}
