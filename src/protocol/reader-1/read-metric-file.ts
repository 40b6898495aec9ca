import { isObject } from "../is-object.ts";
import { parseJson } from "../parse-json.ts";
import { asNumber, stepOfObject, valueAtPath } from "./read-metric-line.ts";
import { STEP_KEYS } from "./read-step.ts";

/** One entry of a file's series of values. */
export interface FileReading {
  readonly step: number | null;
  readonly values: Readonly<Record<string, number>>;
}

/**
 * Reads a results file: JSON (a value, a list of values, or a list of objects under a dotted path), JSON lines, or a table with
 * commas, semicolons or tabs, its first line the names. `paths` says where each metric is. Null when it is none of these, which
 * may only mean that it is being written.
 */
export function readMetricFile(text: string, paths: ReadonlyMap<string, string>): readonly FileReading[] | null {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  if (trimmed === "") return [];
  if (!/^[{[]/.test(trimmed)) return fromTable(trimmed, paths);
  const json = parseJson(trimmed);
  if (json !== undefined) return fromJson(json, paths);
  return fromLines(trimmed, paths);
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
  const values: Record<string, number> = {};
  for (const [name, path] of paths) {
    const value = asNumber(valueAtPath(json, path));
    if (value !== null) values[name] = value;
  }
  return Object.keys(values).length === 0 ? [] : [{ step: stepOfObject(json), values }];
}

/** Lines that are no objects yet are left out: the last one may be half written. */
function fromLines(text: string, paths: ReadonlyMap<string, string>): readonly FileReading[] | null {
  const objects = text.split(/\r?\n/).map(parseJson).filter(isObject);
  return objects.length === 0 ? null : objects.flatMap((json) => fromObject(json, paths));
}

function fromTable(text: string, paths: ReadonlyMap<string, string>): readonly FileReading[] | null {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  // Notes may stand above the names.
  const at = Math.max(
    0,
    lines.findIndex((line) => namesOf(line).some((name) => [...paths.values()].includes(name))),
  );
  const names = namesOf(lines[at]!);
  const separator = separatorOf(lines[at]!);
  if (names.every((name) => asNumber(name) !== null)) return null;
  const stepColumn = STEP_KEYS.map((key) => names.findIndex((name) => name.toLowerCase() === key)).find(
    (at) => at >= 0,
  );
  return lines.slice(at + 1).flatMap((row) => {
    const cells = cellsOf(row, separator);
    const entries = [...paths].flatMap(([name, path]) => {
      const value = asNumber(cells[names.indexOf(path)]);
      return value === null ? [] : [[name, value] as const];
    });
    if (entries.length === 0) return [];
    const step = stepColumn === undefined ? null : asNumber(cells[stepColumn]);
    return [{ step: Number.isSafeInteger(step) ? step : null, values: Object.fromEntries(entries) }];
  });
}

function separatorOf(head: string): string {
  return ["\t", ";", ","].find((mark) => head.includes(mark)) ?? ",";
}

function namesOf(head: string): readonly string[] {
  return cellsOf(head, separatorOf(head)).map((name) => name.replace(/^#\s*/, ""));
}

/** Cells of a line, quotes taken off; a quoted cell may hold the separator. */
function cellsOf(line: string, separator: string): readonly string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += char;
  }
  return [...cells, cell.trim()];
}
