import type { Direction } from "../trial/metric.ts";

/** What is known of one configuration: the mean of `count` runs. */
export interface RunMean {
  readonly mean: number;
  /** From 1 up. */
  readonly count: number;
}

/** Several runs of one configuration: their mean, and their values' deviation from it. */
export interface RepeatedRuns extends RunMean {
  /** Sample standard deviation of one run. */
  readonly deviation: number;
}

/** How a mean of few runs is held back towards what the study's configurations give in general. All in the metric's unit. */
export interface Shrinkage {
  /** Standard deviation of one run; 0 where results do not vary, or none was repeated. */
  readonly noise: number;
  /** The median of the configurations' means. */
  readonly centre: number;
  /** Standard deviation of the configurations' true values on the good side of the centre. */
  readonly spread: number;
  /** What another run of a configuration is expected to give: its mean, shrunk towards the centre. */
  expected(runs: RunMean): number;
  /** Smaller for the better: what is expected of a configuration, told apart by the number of runs where no spread is seen. */
  score(runs: RunMean): number;
  /** Orders configurations best first, by what is expected of them; means as they are without noise. */
  compare(a: RunMean, b: RunMean): number;
}

/** Share of a normal distribution below its mean less one standard deviation. */
const ONE_DEVIATION = 0.15865525393145707;

/**
 * The normal model of Efron and Morris 1975 ("Data Analysis Using Stein's Estimator and its Generalizations", section 2): true
 * values spread around a centre with variance t², runs around them with s², so that a mean of n runs is worth n t² / (n t² + s²) of
 * its distance from the centre. s² is pooled over the repeated configurations on the good side; t² is taken from the distance
 * between the median and the quantile one deviation better, so that no bad value, however bad, and no single good one counts.
 * All means must be finite.
 */
export function shrinkage(
  means: readonly RunMean[],
  repeated: readonly RepeatedRuns[],
  direction: Direction,
): Shrinkage {
  const sign = direction === "minimize" ? 1 : -1;
  // Best first. Sorted only where somebody asks for what needs it: there may be very many, none of them repeated.
  let known: Float64Array | null = null;
  const quantileOf = (p: number): number => {
    known ??= Float64Array.from(means, ({ mean }) => sign * mean).sort();
    return quantile(known, p);
  };
  const reach = (): number => quantileOf(0.5) - quantileOf(ONE_DEVIATION);
  const byMean = (a: RunMean, b: RunMean): number => ascending(sign * a.mean, sign * b.mean);
  const noise = noiseOf(repeated, sign, () => quantileOf(0.5));
  if (noise === 0)
    return {
      noise,
      get centre() {
        return sign * quantileOf(0.5);
      },
      get spread() {
        return reach();
      },
      expected: ({ mean }) => mean,
      score: ({ mean }) => sign * mean,
      compare: byMean,
    };
  const middle = quantileOf(0.5);
  const spread = spreadBeyond(reach(), noise, meanShare(means, sign, middle));
  const centre = sign * middle;
  const score = ({ mean, count }: RunMean): number => (sign * mean - middle) * urgency(count, spread, noise);
  return {
    noise,
    centre,
    spread,
    score,
    expected: ({ mean, count }) => centre + share(count, spread, noise) * (mean - centre),
    compare: (a, b) => ascending(score(a), score(b)) || byMean(a, b),
  };
}

/** On the good side; where nothing varies there, anywhere. */
function noiseOf(repeated: readonly RepeatedRuns[], sign: number, middle: () => number): number {
  const good = repeated.filter(({ mean }) => sign * mean <= middle());
  return pooledDeviation(good) || pooledDeviation(repeated);
}

/** Without a difference, which may overflow. */
function ascending(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** n t² / (n t² + s²), from ratios, so that squares do not overflow. */
function share(count: number, spread: number, noise: number): number {
  const ratio = spread / noise;
  if (ratio > 1) return count / (count + 1 / (ratio * ratio));
  return (count * ratio * ratio) / (count * ratio * ratio + 1);
}

/** The share less the factor that all have in common: where no spread is seen (t = 0) runs count by their number alone. */
function urgency(count: number, spread: number, noise: number): number {
  const ratio = spread / noise;
  return ratio > 1 ? share(count, spread, noise) : count / (count * ratio * ratio + 1);
}

/** What is left of the distance of one deviation once the noise of the means is taken off. */
function spreadBeyond(reach: number, noise: number, meanOfShares: number): number {
  const ratio = noise / reach;
  const left = 1 - ratio * ratio * meanOfShares;
  return left > 0 ? reach * Math.sqrt(left) : 0;
}

/** Mean of 1/n on the good side: the noise of a mean there, in units of s². */
function meanShare(means: readonly RunMean[], sign: number, middle: number): number {
  const counts = means.filter(({ mean }) => sign * mean <= middle).map(({ count }) => count);
  return counts.reduce((sum, count) => sum + 1 / count / counts.length, 0);
}

/** Between the two nearest values (type 7 of Hyndman and Fan 1996). */
function quantile(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const a = sorted[below] ?? 0;
  const b = sorted[below + 1] ?? a;
  return a === b ? a : a * (1 - place + below) + b * (place - below);
}

/** Root of the mean variance within configurations, weighted by degrees of freedom; 0 when there are none. */
function pooledDeviation(repeated: readonly RepeatedRuns[]): number {
  const largest = repeated.reduce((most, { deviation }) => Math.max(most, deviation), 0);
  if (largest === 0) return 0;
  let squares = 0;
  let freedom = 0;
  for (const { deviation, count } of repeated) {
    const ratio = deviation / largest;
    squares += ratio * ratio * (count - 1);
    freedom += count - 1;
  }
  return largest * Math.sqrt(squares / freedom);
}
