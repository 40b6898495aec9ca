import type { RandomStream } from "../../../src/numeric/random/stream-source.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;

/** The middle 95 % of what `statistic` gives on resampled data; it draws with the stream it is handed. */
export function bootstrapInterval(stream: RandomStream, statistic: (stream: RandomStream) => number): Interval {
  const values = Array.from({ length: RESAMPLES }, () => statistic(stream)).sort((a, b) => a - b);
  return { low: values[Math.floor(0.025 * RESAMPLES)]!, high: values[Math.ceil(0.975 * RESAMPLES) - 1]! };
}

/** As many members as the list has, drawn with replacement. */
export function resample<T>(stream: RandomStream, list: readonly T[]): T[] {
  return list.map(() => list[stream.int(list.length)]!);
}
