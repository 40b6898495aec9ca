import type { SourcePosition } from "../../errors.ts";
import { parameterProblem } from "../check-parameter.ts";
import type { NamelessParameter } from "../definition.ts";
import type { JsonValue } from "../json.ts";
import { didYouMean } from "../nearest-word.ts";
import type { Parameter, Scale } from "../parameter.ts";
import { plainValue } from "../plain-value.ts";
import { spaceError } from "../space-error.ts";
import type { Spelled } from "../spelled.ts";
import { spelledText } from "../spelled-text.ts";
import { spellingOf } from "../spelling-of.ts";
import { numberOf, parseTextValue } from "./parse-text-value.ts";
import { parseWhen } from "./parse-when-text.ts";
import { TextCursor, type Token } from "./text-cursor.ts";
import { parseWholeValue, runLength } from "./text-run.ts";

type Fields = Map<string, SourcePosition>;

interface Range {
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

type Domain =
  | { readonly kind: "range"; readonly range: Range; readonly orZero: boolean }
  | { readonly kind: "choices"; readonly values: readonly Spelled[]; readonly labels: readonly string[] | null }
  | { readonly kind: "boolean" }
  | { readonly kind: "ordinal"; readonly values: readonly Spelled[] }
  | { readonly kind: "fixed"; readonly value: Spelled };

interface Suffixes {
  scale?: Scale;
  step?: number;
  wholeStep?: boolean;
  default?: JsonValue;
  prior?: number;
  fidelity?: true;
  unit?: string;
  description?: string;
  when?: Parameter["when"];
}

const COMMON_SUFFIXES = ["default", "unit", "description", "when"];
const RANGE_SUFFIXES = ["log", "logit", "reverse", "reverse-log", "step", "about", "fidelity", ...COMMON_SUFFIXES];
const EXAMPLES = "examples: 1e-5..1e-1 log, 1..6, 0..1 step 0.1, adam | sgd, true | false, small < large, = 3";

function isWhole(token: Token): boolean {
  return /^[+-]?\d+$/.test(token.text);
}

function parseRange(cursor: TextCursor, fields: Fields): Range {
  const first = cursor.next();
  fields.set("low", cursor.position(first));
  const low = numberOf(cursor, first, "the low bound");
  cursor.expectMark("..", "a range needs");
  const second = cursor.next();
  fields.set("high", cursor.position(second));
  const high = numberOf(cursor, second, "the high bound");
  return { low, high, whole: isWhole(first) && isWhole(second) };
}

function parseChoices(cursor: TextCursor, fields: Fields, leading: boolean): Domain {
  const values: Spelled[] = [];
  const labels: (string | null)[] = [];
  do {
    if (cursor.isMark("..", 1) && runLength(cursor) === 0) return parseZeroOrRange(cursor, fields, values);
    values.push(parseWholeValue(cursor, "a choice"));
    const labelled = cursor.isWord("as");
    if (labelled) cursor.next();
    labels.push(labelled ? String(parseTextValue(cursor, "a label")) : null);
  } while (cursor.takeMark("|"));
  const isLabelled = labels.some((label) => label !== null);
  if (!leading && !isLabelled && values.length === 2 && values.includes(true) && values.includes(false)) {
    return { kind: "boolean" };
  }
  const all = labels.map(
    (label, i) => label ?? (typeof values[i] === "string" ? values[i] : JSON.stringify(plainValue(values[i]!))),
  );
  return { kind: "choices", values, labels: isLabelled ? all : null };
}

function parseZeroOrRange(cursor: TextCursor, fields: Fields, before: readonly Spelled[]): Domain {
  const token = cursor.peek();
  fields.set("orZero", cursor.position(token));
  if (before.length !== 1 || plainValue(before[0]!) !== 0) {
    throw cursor.error(token, "only zero may stand besides a range, as in 0 | 1e-6..1e-1 log");
  }
  const range = parseRange(cursor, fields);
  if (cursor.isMark("|")) throw cursor.error(cursor.peek(), "nothing can follow a range as a further choice");
  return { kind: "range", range: { ...range, whole: false }, orZero: true };
}

function parseOrdinal(cursor: TextCursor): Domain {
  const values: Spelled[] = [];
  do values.push(parseWholeValue(cursor, "a value"));
  while (cursor.takeMark("<"));
  return { kind: "ordinal", values };
}

/** What stands before the first `|`, where one follows later: the first of several choices that is no value. */
function firstOfSeveral(cursor: TextCursor): string | null {
  for (let ahead = 1; cursor.peek(ahead).kind !== "end"; ahead++) {
    if (cursor.isMark("|", ahead)) return cursor.textBefore(ahead);
  }
  return null;
}

function parseSingle(cursor: TextCursor): never {
  const token = cursor.peek();
  const several = token.text === "[" || token.text === "{" ? null : firstOfSeveral(cursor);
  if (several !== null) {
    const advice = `a text with blanks, quotes or signs of its own stands in quotes, as in ${JSON.stringify(several)} | …`;
    throw cursor.error(token, advice);
  }
  const value = plainValue(parseWholeValue(cursor, `a range, choices or a fixed value (${EXAMPLES})`));
  const rest = cursor.peek();
  if (typeof value === "number" && rest.kind === "word" && /^(to|-|–|…)$/.test(rest.text)) {
    throw cursor.error(rest, `a range is written with two points, as in ${value}..10`);
  }
  const shown = token.kind === "word" ? String(value) : token.kind === "mark" ? JSON.stringify(value) : token.text;
  throw cursor.error(
    token,
    `one value alone is no choice; write = ${shown} to fix it, or add others with | (${EXAMPLES})`,
  );
}

/** Whether the value at the cursor is followed by this mark (texts, lists and objects skipped). */
function valueIsFollowedBy(cursor: TextCursor, mark: string): boolean {
  const run = runLength(cursor);
  if (run > 0) return cursor.isMark(mark, run) || (mark === "|" && cursor.isWord("as", run));
  let depth = 0;
  for (let ahead = 0; cursor.peek(ahead).kind !== "end"; ahead++) {
    const token = cursor.peek(ahead);
    if (token.kind === "mark" && (token.text === "[" || token.text === "{")) depth++;
    if (token.kind === "mark" && (token.text === "]" || token.text === "}")) depth--;
    if (depth <= 0) return cursor.isMark(mark, ahead + 1) || (mark === "|" && cursor.isWord("as", ahead + 1));
  }
  return false;
}

function parseDomain(cursor: TextCursor, fields: Fields): Domain {
  const first = cursor.peek();
  for (const field of ["name", "choices", "values", "labels", "value"]) fields.set(field, cursor.position(first));
  if (first.text.startsWith(":") && cursor.isMark("=", 1)) {
    throw cursor.error(first, "derived values (:=) stand in the space of a study file, not here");
  }
  if (cursor.takeMark("=")) return { kind: "fixed", value: parseWholeValue(cursor, "the fixed value") };
  if (cursor.takeMark("|")) return parseChoices(cursor, fields, true);
  if (cursor.takeMark("<")) return parseOrdinal(cursor);
  if (cursor.isMark("..", 1) && runLength(cursor) === 0) {
    const range = parseRange(cursor, fields);
    const mark = cursor.peek();
    if (mark.text === "|")
      throw cursor.error(mark, "zero stands before the range, as in 0 | 1e-6..1e-1 log; other choices cannot");
    return { kind: "range", range, orZero: false };
  }
  if (valueIsFollowedBy(cursor, "|")) return parseChoices(cursor, fields, false);
  if (valueIsFollowedBy(cursor, "<")) return parseOrdinal(cursor);
  return parseSingle(cursor);
}

function parseNumberSuffix(cursor: TextCursor, token: Token, found: Suffixes): boolean {
  switch (token.text) {
    case "log":
    case "logit":
    case "reverse-log":
      found.scale = token.text;
      return true;
    case "reverse":
      if (!cursor.isWord("log")) throw cursor.error(cursor.peek(), "reverse is followed by log");
      cursor.next();
      found.scale = "reverse-log";
      return true;
    case "step":
      found.wholeStep = isWhole(cursor.peek());
      found.step = numberOf(cursor, cursor.next(), "the step");
      return true;
    case "about":
      found.prior = numberOf(cursor, cursor.next(), "the belief");
      return true;
    case "fidelity":
      found.fidelity = true;
      return true;
  }
  return false;
}

function fieldOf(suffix: string): string {
  if (suffix === "about") return "prior";
  return suffix === "log" || suffix === "logit" || suffix.startsWith("reverse") ? "scale" : suffix;
}

function textOf(cursor: TextCursor, what: string): string {
  const token = cursor.next();
  if (token.kind !== "word" && token.kind !== "string")
    throw cursor.error(token, `${what} is a word or a text in quotes`);
  return token.value;
}

function parseSuffixes(cursor: TextCursor, allowed: readonly string[], fields: Fields): Suffixes {
  const found: Suffixes = {};
  const seen = new Set<string>();
  for (;;) {
    const token = cursor.next();
    if (token.kind === "end") return found;
    const field = fieldOf(token.text);
    if (token.kind !== "word" || !allowed.includes(token.text)) {
      const words = allowed.join(", ").replace("reverse, ", "reverse log, ");
      const hint = didYouMean(token.text, allowed);
      // A text of several words, most likely.
      const quotes =
        hint === "" && allowed === COMMON_SUFFIXES ? ` A text with blanks stands in quotes: "-O2 -g".` : "";
      throw cursor.error(token, `after the values may come ${words}.${hint}${quotes}`);
    }
    if (seen.has(field)) throw cursor.error(token, `${field} is given twice`);
    seen.add(field);
    fields.set(field, cursor.position(token));
    if (token.text === "default") found.default = plainValue(parseWholeValue(cursor, "the default"));
    else if (token.text === "unit") found.unit = textOf(cursor, "a unit");
    else if (token.text === "description") found.description = textOf(cursor, "a description");
    else if (token.text === "when") found.when = parseWhen(cursor);
    else parseNumberSuffix(cursor, token, found);
  }
}

function assemble(domain: Domain, found: Suffixes): NamelessParameter {
  const base = {
    when: found.when ?? [],
    ...(found.default === undefined ? {} : { default: found.default }),
    ...(found.unit === undefined ? {} : { unit: found.unit }),
    ...(found.description === undefined ? {} : { description: found.description }),
  };
  switch (domain.kind) {
    case "range": {
      const { low, high, whole } = domain.range;
      const fidelity = found.fidelity === true && { fidelity: found.fidelity };
      const numbers = { low, high, scale: found.scale ?? "linear", prior: found.prior ?? null, ...fidelity };
      if (whole && found.wholeStep !== false) return { ...base, type: "int", ...numbers, step: found.step ?? 1 };
      return { ...base, type: "float", ...numbers, step: found.step ?? null, orZero: domain.orZero };
    }
    case "choices": {
      const choices = domain.values.map(plainValue);
      return { ...base, type: "categorical", choices, labels: domain.labels, ...spellingOf(domain.values) };
    }
    case "boolean":
      return { ...base, type: "boolean" };
    case "ordinal":
      return { ...base, type: "ordinal", values: domain.values.map(plainValue), ...spellingOf(domain.values) };
    case "fixed": {
      const spelling = spelledText(domain.value);
      return { ...base, type: "fixed", value: plainValue(domain.value), ...(spelling !== null && { spelling }) };
    }
  }
}

/** The definition a text stands for, with the place of each of its fields. */
export function parseParameterDefinition(text: string, name: string, position: SourcePosition | null) {
  const cursor = new TextCursor(text, `Parameter ${JSON.stringify(name)}`, position);
  const fields: Fields = new Map();
  const domain = parseDomain(cursor, fields);
  const found = parseSuffixes(cursor, domain.kind === "range" ? RANGE_SUFFIXES : COMMON_SUFFIXES, fields);
  const start = cursor.position({ kind: "end", text: "", value: "", start: 0 });
  return { parameter: assemble(domain, found), locate: (field: string) => fields.get(field) ?? start };
}

/**
 * One parameter from its text form, such as `1e-5..1e-1 log` or `adam | sgd when layers in [2, 3]` (the grammar stands in the
 * guide, chapter "space"). `position` is where the text begins. Throws AttuneError "invalid-space" with the position of the
 * word that is wrong. Whether the parents exist is judged when the space is built.
 */
export function parseParameterText(text: string, name: string, position: SourcePosition | null = null): Parameter {
  const { parameter, locate } = parseParameterDefinition(text, name, position);
  const named: Parameter = { ...parameter, name };
  const problem = parameterProblem(named);
  if (problem !== null) throw spaceError(problem.message, locate(problem.field));
  return named;
}
