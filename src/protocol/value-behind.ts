import { listFault } from "./list-fault.ts";
import { notationFault } from "./notation-fault.ts";
import type { NotationFault } from "./number-notation.ts";
import { readNumber } from "./read-number.ts";
import { readQuantity } from "./read-quantity.ts";
import { readValue } from "./read-value.ts";

/** A number behind a name. */
export interface ValueBehind {
  /** NaN where there is a fault. */
  readonly value: number;
  /** Why what stands there is no number, though it looks like one. */
  readonly fault?: NotationFault;
  /** The unit that it was converted to, where one was printed. */
  readonly unit?: string;
  /** Offset behind the number alone, where it has a unit. */
  readonly numberEnd?: number;
  /** 3: by a sign or in a cell, 2: behind blanks, 1: in a sentence, or with a word between. */
  readonly rank: number;
  /** What the words between say it is of, or null. */
  readonly part: string | null;
  /** Offset behind the number and its unit. */
  readonly end: number;
}

const CLOSERS = /["'`*]{0,3}[\])]?/y;
/** `(mean)`, `[%]` between name and sign. */
const ASIDE = /\s{0,3}[([]([^()[\]]{0,30})[)\]](?=\s{0,8}[=:])/y;
const SIGN = /\s*(?:->|=>|→|:\s?=|[:=])(?!=)\s*/y;
/** The next cell; behind one with an arrow for the better direction. */
const CELL = /\s*[|│┃║┆]\s*(?:[↑↓]\s*[|│┃║┆]\s*)?/y;
const BLANKS = /\s{0,40}\.{2,80}\s{0,40}|\s{1,8}(?:is|was)\s{1,8}|\s+/y;
const AFTER_CELL = /%?\s*(?:[|│┃║┆±(]|\+\/-|$)/y;
/** What may stand behind a whole number that stands behind blanks: the end, a separator, or the next name and number. */
const AFTER_WHOLE =
  /%?\s*(?:$|[,;|│)\]}(±\t]|[-–—]\s|\+\/-|(?<=\s)[\p{L}_][^\s=:]{0,60}\s{0,8}[=:]?\s{0,8}[-+]?[\d.])/uy;
/** A count and its share: `147   98 %`. */
const SHARE = /\d{1,13}\s{1,20}(\d{1,3}(?:\.\d{1,12})?)\s{0,20}%/y;
/** ` on test data = `, ` of the network on the 10000 test images: `, ` at iteration 100 is `. */
const SENTENCE =
  /\)?\s{1,4}(?:of|on|for|over|at|in|after|across)\s(?![^=:]{0,80}(?:patience|threshold|weight|delta|toler|limit|monitor))[^=:|,;]{1,70}?(?:\s?[=:]\s{0,8}|\s(?:is|was)\s{1,4})/iuy;
/** `'val_loss' reached 0.31`. */
const REACHED = /["'`]?\s{1,4}(?:reached|reaches|became|now)\s{1,4}/iy;
/** `mPA-85.24%`: a dash for a sign, before a number that no name ends with. */
const GLUED = /-(?=\d{1,15}(?:\.\d|\s?%))/y;
/** ` after epoch 3`, ` at iteration 100/500`: when, and not of what. */
const WHEN =
  /^\)?\s{1,4}(?:at|in|after|for|on)\s(?:the\s)?(?:end\sof\s)?(?:\d{1,12}\s)?(?:epoch|step|iter(?:ation)?|round|generation|episode)s?(?:(?<=\d\s[a-z]{4,12})|\s?[#:]?\s?\d{1,12})(?:\s?(?:\/|of)\s?\d{1,12})?$/i;
const NAMED_ONLY = /(?:=\s?|(?:monitor(?:ing|s|ed)?|metric|objective|watch(?:ing)?|by|key)\W{1,3})$/i;
const PICKED = /best|min|max|prev|old|target/i;

/** The number that a name at this place has behind it, in the surest form; `before` is some of the text before the name. */
export function valueBehind(line: string, end: number, before: string): ValueBehind | null {
  return (
    signed(line, end) ??
    inCell(line, end) ??
    share(line, end) ??
    behindBlanks(line, end, before) ??
    inSentence(line, end) ??
    behindWord(line, end)
  );
}

function signed(line: string, end: number): ValueBehind | null {
  const closed = skip(CLOSERS, line, end);
  ASIDE.lastIndex = closed;
  const aside = ASIDE.exec(line);
  const sign = skip(SIGN, line, aside === null ? closed : ASIDE.lastIndex);
  if (sign === (aside === null ? closed : ASIDE.lastIndex)) return null;
  const read = measuredAt(line, sign) ?? sureFaultAt(line, sign);
  if (read === null) return null;
  const picked = aside !== null && PICKED.test(aside[1]!);
  return { ...read, rank: picked ? 1 : 3, part: picked ? aside[1]!.toLowerCase() : null };
}

function inCell(line: string, end: number): ValueBehind | null {
  const cell = skip(CELL, line, end);
  if (cell === end) return null;
  const read = measuredAt(line, cell) ?? faultAt(line, cell);
  return read !== null && matches(AFTER_CELL, line, read.end) ? { ...read, rank: 3, part: null } : null;
}

function share(line: string, end: number): ValueBehind | null {
  const at = skip(BLANKS, line, skip(SIGN, line, end));
  SHARE.lastIndex = at;
  const match = at === end ? null : SHARE.exec(line);
  return match === null ? null : { value: Number(match[1]), rank: 2, part: null, end: SHARE.lastIndex };
}

function behindBlanks(line: string, end: number, before: string): ValueBehind | null {
  const closed = skip(/["'`*]{0,3}/y, line, end);
  const at = skip(BLANKS, line, closed);
  if (at === closed || NAMED_ONLY.test(before)) return null;
  const read = measuredAt(line, at);
  if (read?.unit !== undefined || read?.fault !== undefined) return { ...read, rank: 2, part: null };
  if (read === null) {
    const fault = faultAt(line, at);
    return fault === null ? null : { ...fault, rank: 2, part: null };
  }
  const whole = /^[-+]?\d+$/.test(line.slice(at, read.end));
  if (whole ? !matches(AFTER_WHOLE, line, read.end) : /[-–]\p{L}/uy.test(line.slice(read.end, read.end + 2)))
    return null;
  return { value: read.value, rank: 2, part: null, end: read.end };
}

function inSentence(line: string, end: number): ValueBehind | null {
  const at = skip(SENTENCE, line, end);
  if (at === end) return null;
  const read = readNumber(line, at);
  const words = line.slice(end, at).replace(/\s*(?:[=:]|\s(?:is|was))\s*$/i, "");
  if (read !== null && WHEN.test(words)) return { value: read.value, rank: 2, part: null, end: read.end };
  return read === null ? null : { value: read.value, rank: 1, part: words.trim().toLowerCase(), end: read.end };
}

function behindWord(line: string, end: number): ValueBehind | null {
  for (const pattern of [REACHED, GLUED]) {
    const at = skip(pattern, line, end);
    const read = at === end ? null : readNumber(line, at);
    if (read !== null) return { value: read.value, rank: 1, part: null, end: read.end };
  }
  return null;
}

/** The value there, with its unit where it has one. */
function measuredAt(line: string, at: number): Omit<ValueBehind, "rank" | "part"> | null {
  const quantity = readQuantity(line, at);
  if (quantity === null) return readValue(line, at);
  return "fault" in quantity ? { ...quantity, value: Number.NaN, end: at + quantity.fault.text.length } : quantity;
}

/** What stands there in place of a number, and looks like one. */
function faultAt(line: string, at: number): Pick<ValueBehind, "value" | "fault" | "end"> | null {
  const fault = listFault(line, at) ?? notationFault(line, at);
  return fault === null ? null : { value: Number.NaN, fault, end: at + fault.text.length };
}

/** The same behind a sign, where it cannot be anything but the value. */
function sureFaultAt(line: string, at: number): ReturnType<typeof faultAt> {
  const found = faultAt(line, at);
  return found?.fault === undefined || found.fault.list === true
    ? found
    : { ...found, fault: { ...found.fault, sure: true } };
}

/** Offset behind what the sticky pattern matches at `at`; `at` itself when it does not. */
function skip(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : at;
}

function matches(pattern: RegExp, line: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(line);
}
