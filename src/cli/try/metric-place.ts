import { MetricReader } from "../../protocol/index.ts";
import { readOneMetric } from "./read-one-metric.ts";

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
