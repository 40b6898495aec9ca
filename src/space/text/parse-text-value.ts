import type { JsonValue } from "../json.ts";
import type { TextCursor, Token } from "./text-cursor.ts";

const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const DEEPEST = 50;

/** True when the token is a number as the grammar writes it. */
export function isNumberToken(token: Token): boolean {
  return token.kind === "word" && NUMBER.test(token.text);
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

function parseList(cursor: TextCursor, depth: number): JsonValue {
  const items: JsonValue[] = [];
  if (cursor.takeMark("]")) return items;
  do items.push(parseTextValue(cursor, "a value", depth + 1));
  while (cursor.takeMark(","));
  cursor.expectMark("]", "the list needs a");
  return items;
}

function parseObject(cursor: TextCursor, depth: number): JsonValue {
  const entries: [string, JsonValue][] = [];
  if (cursor.takeMark("}")) return {};
  do {
    const key = cursor.next();
    if (key.kind !== "word" && key.kind !== "string") throw cursor.error(key, "an object has keys, as in {width: 3}");
    cursor.expectMark(":", `the key ${JSON.stringify(key.value)} needs a`);
    entries.push([key.value, parseTextValue(cursor, "a value", depth + 1)]);
  } while (cursor.takeMark(","));
  cursor.expectMark("}", "the object needs a");
  return Object.fromEntries(entries);
}

/** One value: a number, true, false, null, a word, a quoted text, or a list or object of these. */
export function parseTextValue(cursor: TextCursor, what: string, depth = 0): JsonValue {
  const token = cursor.next();
  if (depth > DEEPEST) throw cursor.error(token, `lists are nested more than ${DEEPEST} deep`);
  if (token.kind === "string") return token.value;
  if (token.kind === "word") {
    if (isNumberToken(token)) return numberOf(cursor, token, what);
    if (token.text === "true") return true;
    if (token.text === "false") return false;
    return token.text === "null" ? null : token.text;
  }
  if (token.text === "[") return parseList(cursor, depth);
  if (token.text === "{") return parseObject(cursor, depth);
  const advice = "a number, a word, true, false, null, a text in quotes, a list or an object";
  throw cursor.error(token, `${what} is expected here: ${advice}`);
}
