import { plainText } from "../../protocol/read-metric-line.ts";
import { readPattern } from "../../protocol/read-pattern.ts";
import { compilePattern } from "../compile-pattern.ts";
import type { FoundMetric } from "./find-metrics.ts";
import { readBy, type UnreadNumber } from "./read-one-metric.ts";

/**
 * A number that a run reads by an expression alone: what it reads of the whole output, by what reads it in a run, and the last line
 * that it is from. Null where the expression finds no number.
 */
export function unreadMetric(
  lines: readonly string[],
  output: Buffer,
  name: string,
  unread: UnreadNumber,
): FoundMetric | null {
  const pattern = compilePattern(name, unread.expression);
  const { metric } = readBy(output, { metrics: [name], patterns: [pattern], gathers: false });
  if (metric === null) return null;
  const isOn = (line: string): boolean => {
    const read = line.length > MAX_LINE ? null : readPattern(pattern, plainText(line));
    return read !== null && "value" in read && Object.is(read.value, metric.value);
  };
  const last = lines.findLastIndex((line) => isOn(line));
  return last < 0 ? null : { ...metric, first: last + 1, line: last + 1, text: lines[last]!.trim(), unread };
}

const MAX_LINE = 100_000;
