import { type Configurations, deviationOf } from "../../objective/index.ts";
import type { Metric } from "../../trial/metric.ts";

/** How much results of one configuration vary, beside what configurations differ by. */
export interface LoudNoise {
  readonly metric: string;
  /** Standard deviation of one run of a configuration, and of the configurations' true values where a study begins. */
  readonly noise: number;
  readonly effect: number;
  /** Configurations that were run several times, and the runs that this is known by. */
  readonly repeated: number;
  readonly runs: number;
  /** Configurations that the effect is known by. */
  readonly configurations: number;
}

/** Degrees of freedom below which a deviation may be off by half. */
const FEWEST_FREE = 8;
/** A study's first configurations cover the space; later ones lie where it is best, and differ by little however much a parameter does. */
const FIRST = 30;
const FEWEST_FIRST = 10;

/**
 * Where runs of one configuration vary by more than configurations of all the space do, so that a single run tells chance rather than
 * merit; null otherwise, and where too little was run twice. Both are told apart by the law of total variance; the part of the noise in
 * the configurations' own spread is taken off, and medians keep single bad values out of both.
 */
export function loudNoise(configurations: Configurations, metric: Metric): LoudNoise | null {
  const repeated = configurations.repeated.filter(({ trials }) => trials.length > 1);
  const free = repeated.reduce((sum, { trials }) => sum + trials.length - 1, 0);
  if (free < FEWEST_FREE || configurations.length < FEWEST_FIRST) return null;
  const means = configurations.means(metric.name);
  const first = Array.from(means.subarray(0, FIRST));
  const counts = first.map((_mean, place) => configurations.count(place));
  const noise = pooled(
    repeated.map(({ trials }) => ({ deviation: deviationOf(trials, metric.name)!, free: trials.length - 1 })),
  );
  const spread = quarterSpread(first);
  const share = counts.reduce((sum, count) => sum + 1 / count / counts.length, 0);
  const rest = 1 - (noise / spread) * (noise / spread) * share;
  const effect = rest > 0 ? spread * Math.sqrt(rest) : 0;
  if (!(noise > 0) || effect >= noise || !Number.isFinite(noise)) return null;
  const runs = repeated.reduce((sum, { trials }) => sum + trials.length, 0);
  return { metric: metric.name, noise, effect, repeated: repeated.length, runs, configurations: first.length };
}

/** Root of the mean variance, weighed by degrees of freedom. */
function pooled(parts: readonly { readonly deviation: number; readonly free: number }[]): number {
  const largest = parts.reduce((most, { deviation }) => Math.max(most, deviation), 0);
  if (largest === 0) return 0;
  const free = parts.reduce((sum, one) => sum + one.free, 0);
  return largest * Math.sqrt(parts.reduce((sum, one) => sum + square(one.deviation / largest) * one.free, 0) / free);
}

const square = (value: number): number => value * value;

/** Between the quarters of a normal distribution with deviation 1. */
const QUARTERS = 1.3489795003921634;

/** The standard deviation that a normal distribution with these quarters has. */
function quarterSpread(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const [low, high] = [sorted[below]!, sorted[below + 1] ?? sorted[below]!];
    return low + (high - low) * (place - below);
  };
  return (at(0.75) - at(0.25)) / QUARTERS;
}
