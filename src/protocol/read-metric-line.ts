import { findMetric } from "./find-metric.ts";
import { isObject } from "./is-object.ts";
import type { MetricName } from "./metric-name.ts";
import type { FoundValue, MetricReading } from "./metric-reading.ts";
import { notationFault } from "./notation-fault.ts";
import type { NotationFault } from "./number-notation.ts";
import { parseJson } from "./parse-json.ts";
import { readNumber } from "./read-number.ts";
import { readQuantity } from "./read-quantity.ts";
import { readStep, STEP_KEYS } from "./read-step.ts";
import { readValue } from "./read-value.ts";

const ANSI = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g;
const BLANK = /\s/;
const NAME_CHAR = /[\p{L}\p{N}_./@-]/u;
/** Words before the last one of a name, by single blanks, back to a separator or a number. */
const PHRASE = /(?<![^\s([{|,;>])(?:\p{L}[\p{L}\p{N}_@/%-]{0,30} ){1,5}$/u;
const LOG_WORDS = /^(?:(?:info|debug|warn|warning|root|epoch|step|best|final|with|and|the|is|iter|iteration) )+/i;
const MAX_PHRASE = 80;

/** The line without terminal colours, other escape sequences and backspaces. */
export function plainText(line: string): string {
  const text = line.includes("\x1b") ? line.replace(ANSI, "") : line;
  return text.includes("\b") ? text.replaceAll("\b", "") : text;
}

/**
 * Reads the asked metrics from one line without colours: a JSON object (its keys, dots lead inside), else the forms programs
 * print: `name=0.31`, `name: 0.31`, `name 0.31`, `| name | 0.31 |`, the name whole and perhaps quoted. Null when none is there.
 */
export function readMetricLine(
  line: string,
  metrics: readonly MetricName[],
  heading: string | null = null,
): MetricReading | null {
  const json = readJsonLine(line);
  if (json !== null) return readMetricObject(json, metrics);
  const values = new Map<string, FoundValue>();
  for (const metric of metrics) {
    const found = findMetric(line, metric, heading);
    if (found !== null) values.set(metric.name, found);
  }
  return values.size > 0 ? { values, step: readStep(line) } : null;
}

/** Reads the asked metrics from a JSON object: its own key exactly, else a path with dots; numbers in quotes count. */
export function readMetricObject(
  json: Readonly<Record<string, unknown>>,
  metrics: readonly MetricName[],
): MetricReading | null {
  const values = new Map<string, FoundValue>();
  for (const { name } of metrics) {
    const held = readHeld(valueAtPath(json, name));
    if (held !== null) values.set(name, { value: Number.NaN, ...held, certainty: "exact", part: null });
  }
  return values.size > 0 ? { values, step: stepOfObject(json) } : null;
}

/** The finest step among an object's own keys, or null. */
export function stepOfObject(json: Readonly<Record<string, unknown>>): number | null {
  const steps = STEP_KEYS.map((key) => asNumber(json[key])).filter((value) => value !== null && isStep(value));
  return steps[0] ?? null;
}

/** What stands under a key, or under a path with dots (`test.acc`, `folds.0.acc`); undefined where nothing does. */
export function valueAtPath(json: unknown, path: string): unknown {
  if (typeof json !== "object" || json === null) return undefined;
  if (Object.hasOwn(json, path)) return (json as Record<string, unknown>)[path];
  let dot = path.indexOf(".");
  for (; dot > 0; dot = path.indexOf(".", dot + 1)) {
    const head = path.slice(0, dot);
    if (!Object.hasOwn(json, head)) continue;
    const found = valueAtPath((json as Record<string, unknown>)[head], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A number, or a text that is one and nothing else; else null. */
export function asNumber(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  const text = value.trim();
  const read = readNumber(text, 0);
  return read !== null && read.end === text.length ? read.value : null;
}

/**
 * What an object or a cell holds for a metric: a number, a text that is one or a quantity (`115 ms`) and nothing else, or why such a
 * text is none. Null for everything else.
 */
export function readHeld(held: unknown): HeldValue | null {
  const value = asNumber(held);
  if (value !== null) return { value };
  if (typeof held !== "string" || !/\d/.test(held)) return null;
  const text = held.trim();
  const quantity = readQuantity(text, 0);
  if (quantity !== null && ("fault" in quantity || quantity.end === text.length)) return quantity;
  const fault = notationFault(text, 0);
  return fault === null ? null : { fault };
}

/** What {@link readHeld} reads. */
export type HeldValue =
  | { readonly value: number; readonly unit?: string; readonly fault?: undefined }
  | { readonly fault: NotationFault };

/** Names on this line that look like metrics, with their values, in order. */
export function metricLikeValues(line: string): readonly (readonly [name: string, value: number])[] {
  const json = readJsonLine(line);
  if (json !== null) return numbersWithin(json, "", 4);
  const found: (readonly [string, number])[] = [];
  for (let at = nextSign(line, 0); at >= 0; at = nextSign(line, at + 1)) {
    const read = readValue(line, skipBlanks(line, at + 1));
    if (read === null) continue;
    const name = nameBefore(line, at);
    if (name !== null) found.push([name, read.value]);
  }
  return found;
}

/** The numbers of an object by their paths with dots, those of objects within it too; lists are left out. */
function numbersWithin(
  json: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
): readonly (readonly [path: string, value: number])[] {
  return Object.entries(json).flatMap(([key, held]) => {
    const value = asNumber(held);
    if (value !== null) return [[`${path}${key}`, value] as const];
    return depth > 1 && isObject(held) ? numbersWithin(held, `${path}${key}.`, depth - 1) : [];
  });
}

function nextSign(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const char = line[at];
    if (char === "=" || char === ":") return at;
  }
  return -1;
}

/** The name before a sign, with the words of its phrase: `Accuracy on test set`; `loss` in `epoch 3 loss`. */
function nameBefore(line: string, sign: number): string | null {
  let end = sign;
  while (end > 0 && BLANK.test(line[end - 1]!)) end--;
  if (line[end - 1] === '"' || line[end - 1] === "'") end--;
  let start = end;
  while (start > 0 && NAME_CHAR.test(line[start - 1]!)) start--;
  if (!/^[\p{L}_]/u.test(line.slice(start, end))) return null;
  const phrase = PHRASE.exec(line.slice(Math.max(0, start - MAX_PHRASE), start))?.[0] ?? "";
  return `${phrase.replace(LOG_WORDS, "")}${line.slice(start, end)}`.trim();
}

function readJsonLine(line: string): Readonly<Record<string, unknown>> | null {
  const text = line.trim();
  const json = text.startsWith("{") && text.endsWith("}") ? parseJson(text) : null;
  return isObject(json) ? json : null;
}

function isStep(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function skipBlanks(line: string, at: number): number {
  while (at < line.length && BLANK.test(line[at]!)) at++;
  return at;
}
