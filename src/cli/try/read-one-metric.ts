import { MetricReader } from "../../protocol/index.ts";

/** What a run would read of one metric. */
export interface ReadMetric {
  readonly name: string;
  readonly value: number;
  /** How many times it was reported; 1 for a value that is the end only. */
  readonly times: number;
  /** Whether its reports differ. */
  readonly varies: boolean;
}

/** Asks the reader that tuning uses for one metric alone, in the whole output; null when it finds none. */
export function readOneMetric(output: Buffer, name: string): ReadMetric | null {
  let times = 0;
  const values = new Set<number>();
  const onReport = (_: number, reported: Readonly<Record<string, number>>): void => {
    times++;
    if (values.size < 2) values.add(reported[name]!);
  };
  const reader = new MetricReader({ metrics: [name], onReport });
  reader.push("stdout", output);
  reader.end();
  const value = reader.values.get(name);
  return value === undefined ? null : { name, value, times: Math.max(1, times), varies: values.size > 1 };
}
