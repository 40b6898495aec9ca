import { usefulRange } from "../analysis/useful-range.ts";
import { FinishedTrials } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** How the results of a study are spread. */
export interface DistributionFigure {
  readonly type: "distribution";
  readonly metric: Metric;
  /** Complete trials with a finite value. */
  readonly complete: number;
  /** Parts of equal width, their ends included, and how many trials lie in each. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  /** Trials that lie beyond the bins, on the bad side. */
  readonly beyond: number;
  /** The value that so many of the trials reach or beat; empty without trials. */
  readonly reached: readonly { readonly share: number; readonly value: number }[];
}

const SHARES = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1] as const;
const MOST_BINS = 40;

/** The results of the complete trials as a histogram. */
export function distributionFigure(trials: Iterable<Trial>, metric: Metric): DistributionFigure {
  const values = FinishedTrials.of(trials, metric).values.toSorted();
  if (metric.direction === "maximize") values.reverse();
  const head = { type: "distribution", metric, complete: values.length } as const;
  if (values.length === 0) return { ...head, bins: [], beyond: 0, reached: [] };
  const reached = SHARES.map((share) => ({ share, value: values[Math.round(share * (values.length - 1))]! }));
  const [low, high] = usefulRange(values, metric.direction);
  const inside = values.filter((value) => value >= low && value <= high);
  const count = high > low ? Math.max(1, Math.min(MOST_BINS, Math.ceil(2 * cubeRoot(inside.length)))) : 1;
  const width = (high - low) / count;
  const counts = new Int32Array(count);
  for (const value of inside) counts[width > 0 ? Math.min(count - 1, Math.floor((value - low) / width)) : 0]! += 1;
  const bins = Array.from(counts, (own, k) => ({
    from: low + k * width,
    to: k === count - 1 ? high : low + (k + 1) * width,
    count: own,
  }));
  return { ...head, bins, beyond: values.length - inside.length, reached };
}

/** The whole number whose cube is the largest that is not above it. */
function cubeRoot(count: number): number {
  let root = 1;
  while ((root + 1) * (root + 1) * (root + 1) <= count) root += 1;
  return root;
}
