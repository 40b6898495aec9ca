import { csvRows } from "./csv-rows.ts";
import { isObject } from "./is-object.ts";
import type { ValuesBesides } from "./metric-source.ts";
import type { NotationFault } from "./number-notation.ts";
import { parseJson } from "./parse-json.ts";
import { asNumber, readHeld, stepOfObject, valueAtPath } from "./read-metric-line.ts";
import { STEP_KEYS } from "./read-step.ts";

/** One entry of a file's series of values. */
export interface FileReading extends ValuesBesides {
  readonly step: number | null;
  readonly values: Readonly<Record<string, number>>;
}

/**
 * Reads a results file: JSON (a value, a list of values, or a list of objects under a dotted path), JSON lines, or a table with
 * commas, semicolons or tabs, its first line the names. `paths` says where each metric is. Null when it is none of these, which
 * may only mean that it is being written.
 *
 * @param whole - whether a last line without a line end counts; while it is being written it may be any part of one.
 */
export function readMetricFile(
  text: string,
  paths: ReadonlyMap<string, string>,
  whole = true,
): readonly FileReading[] | null {
  const plain = text.replace(/^\ufeff/, "");
  const trimmed = plain.trim();
  if (trimmed === "") return [];
  if (!/^[{[]/.test(trimmed)) return fromTable(plain, paths, whole);
  const json = parseJson(trimmed);
  if (json !== undefined) return fromJson(json, paths);
  // Of a list that is being written a line could be taken for all of it.
  if (trimmed.startsWith("[")) return null;
  return fromLines(whole ? plain : plain.slice(0, plain.lastIndexOf("\n") + 1), paths);
}

function fromJson(json: unknown, paths: ReadonlyMap<string, string>): readonly FileReading[] {
  if (Array.isArray(json) && json.every(isObject)) return json.flatMap((entry) => fromObject(entry, paths));
  const series = new Map<string, readonly number[]>();
  for (const [name, path] of paths) {
    const values = numbersAt(json, path);
    if (values.length > 0) series.set(name, values);
  }
  const length = Math.max(0, ...[...series.values()].map((values) => values.length));
  const step = length === 1 && isObject(json) ? stepOfObject(json) : null;
  return Array.from({ length }, (_, index) => {
    const entries = [...series].filter(([, values]) => index < values.length);
    return { step, values: Object.fromEntries(entries.map(([name, values]) => [name, values[index]!])) };
  });
}

function numbersAt(json: unknown, path: string): readonly number[] {
  const found = valueAtPath(json, path);
  const values = Array.isArray(found) ? found.map(asNumber) : [asNumber(found)];
  return values.every((value) => value !== null) ? values : [];
}

function fromObject(json: Readonly<Record<string, unknown>>, paths: ReadonlyMap<string, string>): FileReading[] {
  const found = measured(paths, (path) => valueAtPath(json, path));
  return found === null ? [] : [{ step: stepOfObject(json), ...found }];
}

/** Lines that are no objects yet are left out: the last one may be half written. */
function fromLines(text: string, paths: ReadonlyMap<string, string>): readonly FileReading[] | null {
  const objects = text.split(/\r?\n/).map(parseJson).filter(isObject);
  return objects.length === 0 ? null : objects.flatMap((json) => fromObject(json, paths));
}

function fromTable(text: string, paths: ReadonlyMap<string, string>, whole: boolean): readonly FileReading[] | null {
  const head = headOf(text, [...paths.values()]);
  if (head === null) return [];
  const separator = separatorOf(head.line);
  const names = namesOf(head.line);
  if (names.every((name) => asNumber(name) !== null)) return null;
  const { rows, open, quoted } = csvRows(text.slice(head.end), separator);
  const certain = open && (quoted || !whole) ? rows.slice(0, -1) : rows;
  const readings = certain.flatMap((cells) =>
    fromRow(
      cells.map(({ text: cell }) => cell.trim()),
      names,
      paths,
    ),
  );
  return quoted && whole ? [...readings, unclosed(paths)] : readings;
}

/** The line of names: the first that holds one that is asked for, for notes may stand above it; else the first at all. */
function headOf(text: string, asked: readonly string[]): { readonly line: string; readonly end: number } | null {
  let first: ReturnType<typeof headOf> = null;
  for (const { 0: whole, 1: line = "", index } of text.matchAll(/(.*)(?:\r\n|\n|\r|$)/g)) {
    if (line.trim() === "") continue;
    const head = { line, end: index + whole.length };
    if (namesOf(line).some((name) => asked.includes(name))) return head;
    first ??= head;
  }
  return first;
}

function fromRow(
  cells: readonly string[],
  names: readonly string[],
  paths: ReadonlyMap<string, string>,
): readonly FileReading[] {
  const found = measured(paths, (name) => cells[names.indexOf(name)]);
  if (found === null) return [];
  const column = STEP_KEYS.map((key) => names.findIndex((name) => name.toLowerCase() === key)).find((at) => at >= 0);
  const step = column === undefined ? null : asNumber(cells[column]);
  return [{ step: Number.isSafeInteger(step) ? step : null, ...found }];
}

/** The metrics of one entry, by what stands under their paths; null when it has none of them. */
function measured(paths: ReadonlyMap<string, string>, at: (path: string) => unknown): Omit<FileReading, "step"> | null {
  const values: Record<string, number> = {};
  const refused: Record<string, NotationFault> = {};
  const units: Record<string, string> = {};
  for (const [name, path] of paths) {
    const held = readHeld(at(path));
    if (held === null) continue;
    if (held.fault !== undefined) refused[name] = held.fault;
    else values[name] = held.value;
    if ("unit" in held && held.unit !== undefined) units[name] = held.unit;
  }
  const any = (record: object): boolean => Object.keys(record).length > 0;
  if (!any(values) && !any(refused)) return null;
  return { values, ...(any(refused) && { refused }), ...(any(units) && { units }) };
}

/** Rows behind a quote that is never closed cannot be told from text, so what the file says last is not known. */
function unclosed(paths: ReadonlyMap<string, string>): FileReading {
  const fault = {
    text: '"',
    why: "a quote that is never closed in the results file; write it twice in a cell",
    sure: true,
  };
  return { step: null, values: {}, refused: Object.fromEntries([...paths.keys()].map((name) => [name, fault])) };
}

function separatorOf(head: string): string {
  return ["\t", ";", ","].find((mark) => head.includes(mark)) ?? ",";
}

function namesOf(head: string): readonly string[] {
  return (csvRows(head, separatorOf(head)).rows[0] ?? []).map(({ text }) => text.trim().replace(/^#\s*/, ""));
}
