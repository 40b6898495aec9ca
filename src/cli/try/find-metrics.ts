import { MetricReader } from "../../protocol/index.ts";

/** A metric in what a program printed, by a name that may be tuned. */
export interface FoundMetric {
  readonly name: string;
  /** The last value. */
  readonly value: number;
  /** How many lines changed it or said it again. */
  readonly times: number;
  /** Number of its last line, from 1, and that line. */
  readonly line: number;
  readonly text: string;
}

/** Names that count or measure the run itself. */
const NO_METRIC =
  /^(?:epochs?|steps?|global_step|iter|iters|iterations?|batch|batches|trial|fold|seed|rank|time|elapsed|eta|seconds|sec|s|ms|it|eps?|lr|learning_rate|size|total|num|n|count|workers?|threads?|pid|port|version|attune.*)$/i;

/**
 * Looks for everything that could be a metric in a program's whole output, with the reader that tuning uses, and says on which line.
 *
 * @param parameters - names that the program may print back; they are no metrics.
 * @param asked - names that are looked for also where they do not look like a metric's: in tables, before a blank.
 */
export function findMetrics(
  output: Buffer,
  parameters: readonly string[],
  asked: readonly string[] = [],
): readonly FoundMetric[] {
  const found: FoundMetric[] = [];
  const likely = metricNames(output).filter((name) => !NO_METRIC.test(name) && !parameters.includes(name));
  for (const name of new Set([...asked, ...likely])) {
    const metric = follow(output, name);
    if (metric !== null) found.push(metric);
  }
  return found;
}

function metricNames(output: Buffer): readonly string[] {
  const reader = new MetricReader({ metrics: [] });
  reader.push("stdout", output);
  reader.end();
  return reader.seen;
}

/** Reads line by line, so that the line after which the value is there is known. */
function follow(output: Buffer, name: string): FoundMetric | null {
  let reports = 0;
  const reader = new MetricReader({ metrics: [name], onReport: () => reports++ });
  let found: { readonly line: number; readonly text: string } | null = null;
  let latest: number | undefined;
  let [at, line, before] = [0, 0, 0];
  while (at < output.length) {
    const newline = output.indexOf(10, at);
    const end = newline < 0 ? output.length : newline + 1;
    const bytes = output.subarray(at, end);
    line++;
    reader.push("stdout", bytes);
    const value = reader.values.get(name);
    const holds = bytes.includes(name);
    if (value !== undefined && (reports > before || value !== latest || holds)) {
      found = { line, text: bytes.toString("utf8").trim() };
      latest = value;
    }
    before = reports;
    at = end;
  }
  reader.end();
  const value = reader.values.get(name);
  if (value === undefined) return null;
  const last = found ?? { line, text: "" };
  return { name, value, times: Math.max(1, reports), line: last.line, text: last.text };
}
