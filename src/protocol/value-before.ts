import { NUMBER as DECIMAL } from "../space/number-text.ts";
import { readNumber } from "./read-number.ts";
import { readQuantity } from "./read-quantity.ts";

/** A number that a name stands behind: `28.77 avg, 30.1 max`, `0.93 accuracy`, `5.2 ms latency`, `-2.5 = score`. */
export interface ValueBefore {
  readonly value: number;
  /** The unit that it was converted to, where one was printed. */
  readonly unit?: string;
  /** What stands before the number (`latency` in `latency: 28.77 avg`), or null. */
  readonly part: string | null;
}

const BEHIND_NAME = /\s{0,3}(?:$|[,;|)\]}(]|\.(?:\s|$))|\t|\s{2}/y;
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.,:/=+-])(${DECIMAL}\s?(%|[\p{L}µ]{1,12}(?:/\p{L}{1,12})?)?)\s{1,12}$`,
  "u",
);
/** `   -2.55   = `: a line that begins with its value. */
const FIRST = new RegExp(String.raw`^\s{0,20}${DECIMAL}\s?([\p{L}µ]{1,12})?\s{1,12}=\s{1,12}$`, "u");
/** What a number may begin behind: the start, a separator, or a sign with a name before it. */
const BEFORE_NUMBER =
  /(?:^\s*|[,;|([]\s{0,8}|\t\s*|\s{2,}|(?:^|[\s,;|([])([\p{L}_][\p{L}\p{N}_ /.-]{0,40})\s?[:=]\s{0,8})$/u;

/** The number right before the name at this place, which must end its phrase. */
export function valueBefore(line: string, at: number, end: number): ValueBefore | null {
  BEHIND_NAME.lastIndex = end;
  if (!BEHIND_NAME.test(line)) return null;
  const text = line.slice(Math.max(0, at - 100), at);
  if (at <= 100 && FIRST.test(text)) return measured(text, text.search(/\S/), FIRST.exec(text)![1], null);
  const number = NUMBER.exec(text);
  if (number === null) return null;
  const head = BEFORE_NUMBER.exec(text.slice(0, number.index));
  if (head === null || (number.index === 0 && at > 100)) return null;
  return measured(text, number.index, number[2], head[1]?.trim().toLowerCase() ?? null);
}

function measured(text: string, at: number, letters: string | undefined, part: string | null): ValueBefore | null {
  if (letters === undefined || letters === "%") {
    const read = readNumber(text, at);
    return read === null ? null : { value: read.value, part };
  }
  const quantity = readQuantity(text, at);
  if (quantity === null || "fault" in quantity || !/^\s*=?\s*$/.test(text.slice(quantity.end))) return null;
  return { value: quantity.value, unit: quantity.unit, part };
}
