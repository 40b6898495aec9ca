import type { JsonValue } from "../json.ts";
import { plainValue } from "../plain-value.ts";
import { type Spelled, SpelledNumber } from "../spelled.ts";
import { TextCursor, type Token } from "./text-cursor.ts";

const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const DEEPEST = 50;

/** True for a number as the grammar writes it. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}

/** True when the token is a number as the grammar writes it. */
export function isNumberToken(token: Token): boolean {
  return token.kind === "word" && isNumberText(token.text);
}

/** The number of a token; errors when it is none, or too large for a double. */
export function numberOf(cursor: TextCursor, token: Token, what: string): number {
  if (!isNumberToken(token)) throw cursor.error(token, `${what} is a number such as 3, 0.5 or 1e-4`);
  const value = Number(token.text) + 0;
  if (!Number.isFinite(value)) throw cursor.error(token, `${what} is too large`);
  if (/^[+-]?\d+$/.test(token.text) && !Number.isSafeInteger(value)) {
    const advice = what.endsWith("bound")
      ? `write ${value.toExponential()} for a range of floats`
      : "put quotes around it";
    throw cursor.error(token, `${what} is a whole number beyond 2^53, which cannot be kept exactly; ${advice}`);
  }
  return value;
}

function parseList(cursor: TextCursor, depth: number): Spelled {
  const items: Spelled[] = [];
  if (cursor.takeMark("]")) return items;
  do items.push(parseSpelledValue(cursor, "a value", depth + 1));
  while (cursor.takeMark(","));
  cursor.expectMark("]", "the list needs a");
  return items;
}

function parseObject(cursor: TextCursor, depth: number): Spelled {
  const entries: [string, Spelled][] = [];
  if (cursor.takeMark("}")) return {};
  do {
    const key = cursor.next();
    if (key.kind !== "word" && key.kind !== "string") throw cursor.error(key, "an object has keys, as in {width: 3}");
    cursor.expectMark(":", `the key ${JSON.stringify(key.value)} needs a`);
    entries.push([key.value, parseSpelledValue(cursor, "a value", depth + 1)]);
  } while (cursor.takeMark(","));
  cursor.expectMark("}", "the object needs a");
  return Object.fromEntries(entries);
}

/** A number as the user wrote it; a plain one where JSON writes it the same. */
export function spelledNumber(value: number, text: string): Spelled {
  return String(value) === text ? value : new SpelledNumber(value, text);
}

/** One value: a number, true, false, null, a word, a quoted text, or a list or object of these; numbers as they are written. */
export function parseSpelledValue(cursor: TextCursor, what: string, depth = 0): Spelled {
  const token = cursor.next();
  if (depth > DEEPEST) throw cursor.error(token, `lists are nested more than ${DEEPEST} deep`);
  if (token.kind === "string") return token.value;
  if (token.kind === "word") {
    if (isNumberToken(token)) return spelledNumber(numberOf(cursor, token, what), token.text);
    if (token.text === "true") return true;
    if (token.text === "false") return false;
    return token.text === "null" ? null : token.text;
  }
  if (token.text === "[") return parseList(cursor, depth);
  if (token.text === "{") return parseObject(cursor, depth);
  const advice = "a number, a word, true, false, null, a text in quotes, a list or an object";
  throw cursor.error(token, `${what} is expected here: ${advice}`);
}

/** One value, as data. */
export function parseTextValue(cursor: TextCursor, what: string): JsonValue {
  return plainValue(parseSpelledValue(cursor, what));
}

/** A text that is one value. Throws AttuneError "invalid-space" for anything else. */
export function parseSpelledText(text: string): Spelled {
  const cursor = new TextCursor(text, "The spelling of a value", null);
  const value = parseSpelledValue(cursor, "a value");
  const rest = cursor.peek();
  if (rest.kind !== "end") throw cursor.error(rest, "the value is over");
  return value;
}
