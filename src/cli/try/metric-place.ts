import { MetricReader } from "../../protocol/index.ts";
import { readOneMetric } from "./read-one-metric.ts";

/** The lines that a metric's value comes from, numbered from 1, and the text of the last. */
export interface MetricPlace {
  readonly first: number;
  readonly line: number;
  readonly text: string;
}

/** Lines read at once until it is known among which of them the value comes. */
const BLOCK = 256;

/** Finds the lines on which a run would read a metric that {@link readOneMetric} found. */
export function metricPlace(output: Buffer, name: string): MetricPlace {
  const ends = lineEnds(output);
  const blocks = ends.filter((_, index) => (index + 1) % BLOCK === 0 || index === ends.length - 1);
  const coarse = follow(output, name, blocks);
  const lineIn = (block: number, which: "first" | "last"): number => {
    const from = block * BLOCK;
    const start = from === 0 ? [] : [ends[from - 1]!];
    const found = follow(output, name, [...start, ...ends.slice(from, from + BLOCK)])[which];
    return from + Math.max(0, found - start.length);
  };
  const last = lineIn(coarse.last, "last");
  const text = output.subarray(last === 0 ? 0 : ends[last - 1], ends[last]).toString("utf8");
  return { first: lineIn(coarse.first, "first") + 1, line: last + 1, text: text.trim() };
}

/** Reads the output in pieces with these ends; says after which the value was there first, and after which it came last. */
function follow(output: Buffer, name: string, ends: readonly number[]): { first: number; last: number } {
  let reports = 0;
  const reader = new MetricReader({ metrics: [name], onReport: () => reports++ });
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
  return first < 0 ? { first: ends.length - 1, last: ends.length - 1 } : { first, last };
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
