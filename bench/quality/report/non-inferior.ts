import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { resample } from "./bootstrap.ts";

export interface NonInferiority {
  readonly subject: number;
  readonly reference: number;
  /** Upper end of the one-sided 95 % interval of the ratio of means; 1 where both are 0. */
  readonly upper: number;
  readonly holds: boolean;
}

const RESAMPLES = 4000;

/**
 * Whether paired losses are no worse than the reference's by more than the margin: the mean of the first over the mean of the
 * second, its upper bound by resampling the pairs.
 */
export function nonInferiority(
  pairs: readonly (readonly [subject: number, reference: number])[],
  margin: number,
): NonInferiority {
  const mean = (list: typeof pairs, side: 0 | 1) => list.reduce((total, pair) => total + pair[side], 0) / list.length;
  const ratio = (list: typeof pairs) => (mean(list, 0) === mean(list, 1) ? 1 : mean(list, 0) / mean(list, 1));
  const stream = keyedStreams(0, "non-inferiority").stream("pairs");
  const ratios = Array.from({ length: RESAMPLES }, () => ratio(resample(stream, pairs))).sort((a, b) => a - b);
  const upper = ratios[Math.ceil(0.95 * RESAMPLES) - 1]!;
  return { subject: mean(pairs, 0), reference: mean(pairs, 1), upper, holds: upper <= 1 + margin };
}
