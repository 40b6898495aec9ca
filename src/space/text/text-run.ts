import type { Spelled } from "../spelled.ts";
import { parseSpelledValue } from "./parse-text-value.ts";
import type { TextCursor, Token } from "./text-cursor.ts";

const OPENING = ["(", "[", "{"];
const CLOSING = [")", "]", "}"];
/** They part choices, or may be meant to. */
const PARTING = ["|", "<", ">", "<=", ">="];
const DIGITS_AND_COMMAS = /^[-+]?\d[\d.]*(?:,\d[\d.]*)+$/;

/**
 * How many tokens at the cursor are one text because nothing parts them: `-march=native`, `-Wl,-O1`, `f(x,1)`, `../data`. 0 for a
 * single token, a range, a list, and what no text can be without quotes.
 */
export function runLength(cursor: TextCursor): number {
  const first = cursor.peek();
  const isPath = first.text === ".." && cursor.peek(1).text.startsWith("/") && follows(first, cursor.peek(1));
  if (first.kind !== "word" && first.text !== "(" && !isPath) return 0;
  let depth = first.text === "(" ? 1 : 0;
  let count = 1;
  for (let before = first; ; count++) {
    const token = cursor.peek(count);
    if (token.kind === "end" || token.kind === "string" || !follows(before, token)) break;
    if (token.kind === "mark") {
      if (PARTING.includes(token.text)) break;
      if (token.text === ".." && !isPathStep(cursor, count)) return 0;
      if (OPENING.includes(token.text)) depth++;
      if (CLOSING.includes(token.text) && depth-- === 0) break;
    }
    before = token;
  }
  return count > 1 && depth <= 0 ? count : 0;
}

/** A value where a text may hold the signs that part values elsewhere: a choice, an ordered or fixed value, a default. */
export function parseWholeValue(cursor: TextCursor, what: string): Spelled {
  const count = runLength(cursor);
  if (count === 0) return parseSpelledValue(cursor, what);
  const tokens = Array.from({ length: count }, () => cursor.next());
  const text = tokens.map((token) => token.text).join("");
  if (DIGITS_AND_COMMAS.test(text)) {
    const advice = `numbers have a point, as in 0.5; for a text put quotes around it: ${JSON.stringify(text)}`;
    throw cursor.error(tokens[1]!, advice);
  }
  return text;
}

function follows(before: Token, token: Token): boolean {
  return token.start === before.start + before.text.length;
}

/** A `..` with a slash at its side. */
function isPathStep(cursor: TextCursor, ahead: number): boolean {
  return cursor.peek(ahead - 1).text.endsWith("/") || cursor.peek(ahead + 1).text.startsWith("/");
}
