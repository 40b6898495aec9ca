import { NUMBER } from "../space/number-text.ts";
import { plainText } from "./read-metric-line.ts";

const MAX_LINE = 2_000;
const MAX_BEFORE = 60;
const STANDING = new RegExp(String.raw`(?<![\p{L}\p{N}_.,:/=-])${NUMBER}`, "gu");
/** What makes the digits before it a part of something else: a time, a fraction, a grouped number, a version, a name. */
const GOES_ON = /^(?:[,.:/'’_-]?\d|[\p{L}_])/u;

/**
 * An expression for `--metric-regex` that takes the last number of the last of these lines which has one behind words; null when
 * none has.
 */
export function lastNumberPattern(lines: readonly string[]): string | null {
  for (const line of [...lines].reverse()) {
    const text = plainText(line).trimEnd().split("\r").at(-1)!;
    if (text.length > MAX_LINE) continue;
    const numbers = [...text.matchAll(STANDING)];
    const last = numbers.findLast(({ 0: number, index }) => !GOES_ON.test(text.slice(index + number.length)));
    if (last === undefined) continue;
    const before = text.slice(0, last.index);
    const words = before.slice(before.length > MAX_BEFORE ? before.indexOf(" ", before.length - MAX_BEFORE) + 1 : 0);
    if (/\p{L}/u.test(words)) return `${source(words.trimStart())}([-+.0-9eE]+)`;
  }
  return null;
}

/** The text as an expression: runs of blanks may be of any length, and numbers any. */
function source(text: string): string {
  const parts = text.split(/(\s+|\d+)/).map((part) => {
    if (/^\s/.test(part)) return "\\s+";
    return /^\d/.test(part) ? "\\d+" : part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  });
  return parts.join("");
}
