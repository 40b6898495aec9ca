import { dataPart, MetricReader, type MetricReaderOptions, partName } from "../../protocol/index.ts";

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
