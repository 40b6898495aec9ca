import type { AttemptReader } from "./attempt-reader.ts";
import { MetricReader, type MetricReaderOptions } from "./metric-reader.ts";
import type { MetricSource, TakeMetrics } from "./metric-source.ts";

/** One version of the rules by which output and results files are read. */
export interface ReadingRules {
  reader(options: MetricReaderOptions): AttemptReader;
  /** `paths`: the dotted path or the column of each metric. */
  file(path: string, paths: ReadonlyMap<string, string>, take: TakeMetrics): Promise<MetricSource>;
}

const NEWEST: ReadingRules = {
  reader: (options) => new MetricReader(options),
  async file(path, paths, take) {
    const { MetricFile } = await import("./metric-file.ts");
    return new MetricFile(path, paths, take);
  },
};

/** The rules of a version as `readerVersionOf` gives it; older ones are loaded only where a study needs them. */
export async function readingRules(version: number): Promise<ReadingRules> {
  if (version !== 1) return NEWEST;
  const { MetricFile, MetricReader } = await import("./reader-1/index.ts");
  return {
    // It does not say which steps it counted: none proves how far a program went.
    reader: ({ onReport, ...options }) =>
      new MetricReader({ ...options, onReport: (step, values) => onReport?.(step, values, "counted") }),
    file: async (path, paths, take) => new MetricFile(path, paths, take),
  };
}
