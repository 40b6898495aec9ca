import { readNumber } from "./read-number.ts";

/** Longest line looked at, in characters; of a longer one the end. */
const MAX_LINE = 4_096;
const START = /(?<![\p{L}\p{N}_]|\d[.:/,-])[-+]?(?:\d|\.\d|nan|inf)/giu;

/** The last number of a text that stands by itself (`100` in `took 100 s`, nothing in `v2` or `12:30`), or null. */
export function lastNumber(text: string): number | null {
  const line = text.slice(-MAX_LINE);
  let last: number | null = null;
  for (const { index } of line.matchAll(START)) last = readNumber(line, index)?.value ?? last;
  return last;
}
