import type { LinePattern, PatternMatch } from "./line-pattern.ts";
import { notationFault } from "./notation-fault.ts";
import type { NotationFault } from "./number-notation.ts";
import { readNumber } from "./read-number.ts";

/** What the user's expression says of a line: a value at a step perhaps, or why what it took is none. */
export type PatternReading =
  | { readonly value: number; readonly step: number | null }
  | { readonly fault: NotationFault; readonly step: number | null };

/** Numbers as a line holds them, each as long as it is. */
const NUMBER =
  /(?:(?<![\p{L}\p{N}_.)\]-])[-+−])?(?:[1-9]\d{0,2}(?:['’\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?|\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+|[dD][-+]\d+)?/gu;
/** `14,327`, `1,234.5`. */
const GROUPED = /^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
/** A decimal comma where the number before it is a whole one. */
const COMMA = /^,\d/;

/**
 * What the user's expression says of a line: its last match that holds a number, else its last match at all, with the reason why
 * it holds none; null when it does not match. What is captured is taken as it is, never converted; but a group that begins or
 * ends in the midst of a number is refused.
 */
export function readPattern(pattern: LinePattern, line: string): PatternReading | null {
  let found: PatternReading | null = null;
  for (const match of pattern.matches(line)) {
    const reading = readMatch(match, line);
    if (reading === null || (found !== null && isDoubtful(reading) && !isDoubtful(found))) continue;
    found = reading;
  }
  return found;
}

function isDoubtful(reading: PatternReading): boolean {
  return "fault" in reading && !reading.fault.sure;
}

function readMatch({ text, at, end, step: stepText, thousands }: PatternMatch, line: string): PatternReading | null {
  if (text === null) return null;
  const step = stepIn(stepText);
  const trimmed = text.trim();
  if (thousands === true && GROUPED.test(trimmed)) {
    const from = at + text.indexOf(trimmed);
    const isCut = /[\d.,]$/.test(line.slice(0, from)) || /^[.,]?\d/.test(line.slice(from + trimmed.length));
    return isCut
      ? { fault: { text: trimmed, why: CUT, sure: true }, step }
      : { value: Number(trimmed.replaceAll(",", "")), step };
  }
  const read = readNumber(trimmed, 0);
  if (read === null) return { fault: notationFault(trimmed, 0) ?? noNumber(text), step };
  const start = at + text.indexOf(trimmed);
  const fault = cutNumber(line, start, start + read.end, end);
  return fault === null ? { value: read.value, step } : { fault, step };
}

const CUT = "a number of which the expression's group takes only a part; let the group take all of it: ([-+.0-9eE]+)";

/** Why the number at [start, end) of the line is only a part of one; `matched`: the end of the whole match. */
function cutNumber(line: string, start: number, end: number, matched: number): NotationFault | null {
  for (const { 0: number, index } of line.matchAll(NUMBER)) {
    const over = index + number.length;
    if (index >= end) break;
    if (over <= start) continue;
    // A point that ends a sentence belongs to no number.
    const whole = index === start && (over === end || (over === end + 1 && number.endsWith(".")));
    if (!whole) return { text: number, why: CUT, sure: true };
  }
  const taken = line.slice(start, end);
  if (matched > end || !/^[-+−]?\d+$/.test(taken) || !COMMA.test(line.slice(end, end + 2))) return null;
  return notationFault(line, start);
}

function noNumber(text: string): NotationFault {
  return { text, why: "what the expression's group took, and no number", sure: false };
}

function stepIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
