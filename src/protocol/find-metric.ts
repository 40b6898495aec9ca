import type { MetricName, NamePlace } from "./metric-name.ts";
import type { FoundValue } from "./metric-reading.ts";
import { notationFault } from "./notation-fault.ts";
import type { NotationFault } from "./number-notation.ts";
import { readNumber } from "./read-number.ts";
import { readValue } from "./read-value.ts";

interface Candidate extends FoundValue {
  /** 3: by a sign or in a cell, 2: behind blanks, 1: in a sentence or qualified. */
  readonly rank: number;
}

/** A number behind the name: how it stands there, and what the words between say it is of. */
interface Behind {
  readonly value: number;
  readonly fault?: NotationFault;
  readonly rank: number;
  readonly part: string | null;
  /** Offset behind the number. */
  readonly end: number;
}

const WORD_CHAR = /[\p{L}\p{N}_]/u;
const CLOSERS = /["'`*]{0,3}[\])]?/y;
/** `(mean)`, `[%]` between name and sign. */
const ASIDE = /\s{0,3}[([]([^()[\]]{0,30})[)\]](?=\s{0,8}[=:])/y;
const SIGN = /\s*(?:->|=>|→|:\s?=|[:=])(?!=)\s*/y;
/** `640:  50%|█████`: how far, and not what. */
const PROGRESS_BAR = /%\|/y;
/** The next cell; behind one with an arrow for the better direction. */
const CELL = /\s*[|│┃║┆]\s*(?:[↑↓]\s*[|│┃║┆]\s*)?/y;
const BLANKS = /\s{0,40}\.{2,80}\s{0,40}|\s{1,8}(?:is|was)\s{1,8}|\s+/y;
const AFTER_CELL = /%?\s*(?:[|│┃║┆±(]|\+\/-|$)/y;
/** What may stand behind a whole number that stands behind blanks: the end, a separator, or the next name and number. */
const AFTER_WHOLE =
  /%?\s*(?:$|[,;|│)\]}(±\t]|[-–—]\s|\+\/-|(?<=\s)[\p{L}_][^\s=:]{0,60}\s{0,8}[=:]?\s{0,8}[-+]?[\d.])/uy;
/** ` on test data = `, ` of the network on the 10000 test images: `, ` at iteration 100 is `. */
const SENTENCE =
  /\)?\s{1,4}(?:of|on|for|over|at|in|after|across)\s(?![^=:]{0,80}(?:patience|threshold|weight|delta|toler|limit|monitor))[^=:|,;]{1,70}?(?:\s?[=:]\s{0,8}|\s(?:is|was)\s{1,4})/iuy;
const QUALIFIED =
  /(?:^|[\s([|,;])(best|lowest|highest|min|max|minimum|maximum|previous|prev|old|last|former|final|initial|starting|target|baseline|expected|goal|adj\.?|adjusted|train(?:ing)?(?:'s)?|val(?:id(?:ation)?)?|test(?:ing)?|eval(?:uation)?|dev|smoothed|running|avg\.?|average)(?:\s|[-_]so[-_]far\s){1,2}$/i;
/** `valid_0's auc`. */
const OWNER = /(?:^|\s)([\p{L}_][\p{L}\p{N}_]*'s)\s$/u;
const NAMED_ONLY = /(?:=\s?|(?:monitor(?:ing|s|ed)?|metric|objective|watch(?:ing)?|by|key)\W{1,3})$/i;

/** The asked metric's value on a line: the surest form, of equals the last one; null when there is none. */
export function findMetric(line: string, name: MetricName): FoundValue | null {
  let best: Candidate | null = null;
  for (const place of name.places(line)) {
    const found = candidateAt(line, place);
    if (found !== null && (best === null || weight(found) >= weight(best))) best = found;
  }
  return best;
}

function weight({ rank, certainty, fault }: Candidate): number {
  if (fault?.sure === false) return 0;
  return (certainty === "exact" ? 8 : certainty === "spelled" ? 4 : 0) + rank;
}

function candidateAt(line: string, { at, end, certainty }: NamePlace): Candidate | null {
  if (WORD_CHAR.test(line[at]!) && continuesWord(line, at)) return null;
  if (WORD_CHAR.test(line[end - 1]!) && WORD_CHAR.test(line[end] ?? " ")) return null;
  const before = line.slice(Math.max(0, at - 24), at);
  const found = signed(line, end) ?? inCell(line, end) ?? behindBlanks(line, end, before) ?? inSentence(line, end);
  if (found === null || matches(PROGRESS_BAR, line, found.end)) return null;
  if (found.rank === 1) return { ...found, certainty: "doubtful" };
  const owner = OWNER.exec(before);
  if (owner !== null) return { ...found, certainty: "spelled", part: owner[1]!.toLowerCase() };
  const qualified = QUALIFIED.exec(before);
  if (qualified === null) return { ...found, certainty };
  return { ...found, rank: 1, certainty: "doubtful", part: qualified[1]!.toLowerCase() };
}

function signed(line: string, end: number): Behind | null {
  const closed = skip(CLOSERS, line, end);
  ASIDE.lastIndex = closed;
  const aside = ASIDE.exec(line);
  const sign = skip(SIGN, line, aside === null ? closed : ASIDE.lastIndex);
  if (sign === (aside === null ? closed : ASIDE.lastIndex)) return null;
  const read = readValue(line, sign) ?? sureFaultAt(line, sign);
  if (read === null) return null;
  const qualified = aside !== null && /best|min|max|prev|old|target/i.test(aside[1]!);
  return { ...read, rank: qualified ? 1 : 3, part: qualified ? aside[1]!.toLowerCase() : null };
}

function inCell(line: string, end: number): Behind | null {
  const cell = skip(CELL, line, end);
  if (cell === end) return null;
  const read = readValue(line, cell) ?? faultAt(line, cell);
  return read !== null && matches(AFTER_CELL, line, read.end) ? { ...read, rank: 3, part: null } : null;
}

function behindBlanks(line: string, end: number, before: string): Behind | null {
  const closed = skip(/["'`*]{0,3}/y, line, end);
  const at = skip(BLANKS, line, closed);
  if (at === closed || NAMED_ONLY.test(before)) return null;
  const read = readValue(line, at);
  if (read === null) {
    const fault = faultAt(line, at);
    return fault === null ? null : { ...fault, rank: 2, part: null };
  }
  const whole = /^[-+]?\d+$/.test(line.slice(at, read.end));
  if (whole ? !matches(AFTER_WHOLE, line, read.end) : /[-–]\p{L}/uy.test(line.slice(read.end, read.end + 2)))
    return null;
  return { value: read.value, rank: 2, part: null, end: read.end };
}

function inSentence(line: string, end: number): Behind | null {
  const at = skip(SENTENCE, line, end);
  if (at === end) return null;
  const read = readNumber(line, at);
  return read === null
    ? null
    : { value: read.value, rank: 1, part: line.slice(end, at).trim().toLowerCase(), end: read.end };
}

/** What stands there in place of a number, and looks like one. */
function faultAt(line: string, at: number): Pick<Behind, "value" | "fault" | "end"> | null {
  const fault = notationFault(line, at);
  return fault === null ? null : { value: Number.NaN, fault, end: at + fault.text.length };
}

/** The same behind a sign, where it cannot be anything but the value. */
function sureFaultAt(line: string, at: number): ReturnType<typeof faultAt> {
  const found = faultAt(line, at);
  return found?.fault === undefined ? found : { ...found, fault: { ...found.fault, sure: true } };
}

/** True inside a longer word or path (`my_val_loss`, `old-val_loss`, `train/loss`, `--loss`), false behind dots (`...loss`). */
function continuesWord(line: string, at: number): boolean {
  const before = line[at - 1] ?? " ";
  if (before === "." || before === "/" || before === "@") return WORD_CHAR.test(line[at - 2] ?? " ");
  return before === "-" || WORD_CHAR.test(before);
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
