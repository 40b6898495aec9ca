import { dataPart, MetricReader, partName } from "../../protocol/index.ts";

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
  const [one] = readMetric(output, name);
  return one?.name === name ? one : null;
}

/** Rows of a table that stand for all others. */
const AVERAGE = /\b(?:avg|average|mean|all|overall)\b/i;

/** The same, and for a name that was printed of several parts of the data, which no run would read, what it would read of each. */
export function readMetric(output: Buffer, name: string): readonly ReadMetric[] {
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
  const reader = new MetricReader({ metrics: [name], onReport });
  reader.push("stdout", output);
  reader.end();
  const value = reader.values.get(name);
  const unit = reader.units.get(name);
  if (value !== undefined) return [{ name, value, times: Math.max(1, times), varies: values.size > 1, rises, unit }];
  const likely = (reader.ambiguous.get(name) ?? []).filter((part) => dataPart(part) >= 0 || AVERAGE.test(part));
  const parts = likely.map((part) => partName(name, part));
  return parts.flatMap((part) => (part === name ? [] : (readOneMetric(output, part) ?? [])));
}
