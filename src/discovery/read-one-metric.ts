import { dataPart, MetricReader, type MetricReaderOptions, partName } from "../protocol/index.ts";

/** What a run would read of one metric. */
export interface ReadMetric {
  readonly name: string;
  readonly value: number;
  /** How many times it was reported; 1 for a value that is the end only. */
  readonly times: number;
  /** Whether its reports differ. */
  readonly varies: boolean;
  /** Whether no report was below the one before. */
  readonly rises: boolean;
  /** The unit that it was converted to, where one was printed. */
  readonly unit?: string | undefined;
}

/** Asks the reader that tuning uses for one metric alone, in the whole output; null when it finds none. */
export function readOneMetric(output: Buffer, name: string): ReadMetric | null {
  const [one] = readName(output, name).metrics;
  return one?.name === name ? one : null;
}

/** Rows of a table that stand for all others. */
const AVERAGE = /\b(?:avg|average|mean|all|overall)\b/i;

/** A number that is not read by its name: the expression that reads it, and why in words that go on `not read by its name`. */
export interface UnreadNumber {
  readonly expression: string;
  readonly why: string;
}

/** What a run would read by a name, and why it would read nothing. */
export interface ReadName {
  readonly metrics: readonly ReadMetric[];
  /** An expression that may read a number where nothing is read, and why nothing is; else null. */
  readonly offered: UnreadNumber | null;
}

/** The same, and for a name that was printed of several parts of the data, which no run would read, what it would read of each. */
export function readName(output: Buffer, name: string): ReadName {
  const { reader, metric } = readBy(output, { metrics: [name], gathers: false });
  if (metric !== null) return { metrics: [metric], offered: null };
  const likely = (reader.ambiguous.get(name) ?? []).filter((part) => dataPart(part) >= 0 || AVERAGE.test(part));
  const parts = likely.map((part) => partName(name, part));
  const metrics = parts.flatMap((part) => (part === name ? [] : (readOneMetric(output, part) ?? [])));
  const [why, expression] = [reader.refused.get(name), reader.offered.get(name)];
  const isOwn = why !== undefined && expression !== undefined && !isBehindOther(expression);
  return { metrics, offered: isOwn ? { expression, why } : null };
}

/** True for an expression with another name's sign before its number, for a row's number and for one of a list: it may be another's. */
function isBehindOther(expression: string): boolean {
  const before = expression.slice(0, expression.indexOf("([-+")).replaceAll("\\s+", " ");
  return before.startsWith("^") || before.endsWith("\\[") || (before.match(/[=:]/g)?.length ?? 0) > 1;
}

/** Reads the only metric that these options ask for. */
export function readBy(output: Buffer, options: Omit<MetricReaderOptions, "onReport">): ReadBy {
  const name = options.metrics[0]!;
  let times = 0;
  const values = new Set<number>();
  let [before, rises] = [Number.NEGATIVE_INFINITY, true];
  const onReport = (_: number, reported: Readonly<Record<string, number>>): void => {
    times++;
    const own = reported[name]!;
    if (values.size < 2) values.add(own);
    rises &&= own >= before;
    before = own;
  };
  const reader = new MetricReader({ ...options, onReport });
  reader.push("stdout", output);
  reader.end();
  const value = reader.values.get(name);
  const unit = reader.units.get(name);
  if (value === undefined) return { reader, metric: null };
  return { reader, metric: { name, value, times: Math.max(1, times), varies: values.size > 1, rises, unit } };
}

interface ReadBy {
  readonly reader: MetricReader;
  readonly metric: ReadMetric | null;
}

/** The lines that a metric's value comes from, numbered from 1, and the text of the last. */
export interface MetricPlace {
  readonly first: number;
  readonly line: number;
  readonly text: string;
}

/** Lines looked at first from either end; the whole output only where these do not tell. */
const WINDOWS = [300, 5_000];
/** Lines read at once in the whole output, until it is known among which of them the value comes. */
const BLOCK = 256;

/** Finds the lines on which a run would read a metric that was found with this value. */
export function metricPlace(output: Buffer, { name, value }: Named): MetricPlace {
  const ends = lineEnds(output);
  const first = firstLine(output, name, ends);
  const last = Math.max(first, lastLine(output, { name, value }, ends));
  const text = output.subarray(last === 0 ? 0 : ends[last - 1], ends[last]).toString("utf8");
  return { first: first + 1, line: last + 1, text: text.trim() };
}

interface Named {
  readonly name: string;
  readonly value: number;
}

function firstLine(output: Buffer, name: string, ends: readonly number[]): number {
  for (const size of WINDOWS) {
    const { first } = follow(output, name, ends.slice(0, size));
    if (first >= 0) return first;
  }
  return inBlocks(output, name, ends, "first");
}

function lastLine(output: Buffer, { name, value }: Named, ends: readonly number[]): number {
  for (const size of WINDOWS) {
    if (size >= ends.length) break;
    const start = ends.length - size;
    const from = ends[start - 1]!;
    const window = ends.slice(start).map((end) => end - from);
    const found = follow(output.subarray(from), name, window);
    if (found.last >= 0 && Object.is(found.value, value)) return start + found.last;
  }
  return inBlocks(output, name, ends, "last");
}

/** Looks for the block of lines first, and then among its lines. */
function inBlocks(output: Buffer, name: string, ends: readonly number[], which: "first" | "last"): number {
  const blocks = ends.filter((_, index) => (index + 1) % BLOCK === 0 || index === ends.length - 1);
  const from = Math.max(0, follow(output, name, blocks)[which]) * BLOCK;
  const start = from === 0 ? [] : [ends[from - 1]!];
  const found = follow(output, name, [...start, ...ends.slice(from, from + BLOCK)])[which];
  return found < 0 ? ends.length - 1 : from + Math.max(0, found - start.length);
}

interface Followed {
  /** The pieces after which the value was there first, and after which it came last; -1 for none. */
  readonly first: number;
  readonly last: number;
  readonly value: number | undefined;
}

/** Reads the output in pieces with these ends. */
function follow(output: Buffer, name: string, ends: readonly number[]): Followed {
  let reports = 0;
  const reader = new MetricReader({ metrics: [name], gathers: false, onReport: () => reports++ });
  let [first, last, at, before] = [-1, -1, 0, 0];
  let latest: number | undefined;
  for (const [index, end] of ends.entries()) {
    const bytes = output.subarray(at, end);
    reader.push("stdout", bytes);
    const value = reader.values.get(name);
    if (value !== undefined && (reports > before || value !== latest || says(bytes, name, value))) {
      if (first < 0) first = index;
      last = index;
      latest = value;
    }
    [at, before] = [end, reports];
  }
  return { first, last, value: latest };
}

/** True for a piece that says the value once more, by itself. */
function says(bytes: Buffer, name: string, value: number): boolean {
  return bytes.includes(name) && Object.is(readOneMetric(bytes, name)?.value, value);
}

/** Offsets behind each line; the last line needs no end of its own. */
function lineEnds(output: Buffer): readonly number[] {
  const ends: number[] = [];
  for (let at = output.indexOf(10); at >= 0; at = output.indexOf(10, at + 1)) ends.push(at + 1);
  if (ends.at(-1) !== output.length) ends.push(output.length);
  return ends;
}
