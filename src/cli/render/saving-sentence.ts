import type { SavingEstimate } from "../../analysis/index.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import type { Metric } from "../../trial/metric.ts";

/** A saving below this share of all is not spoken of. */
const LEAST = 0.1;

/** What a scheduler would have spared, in a sentence; null where that is not worth one. */
export function savingSentence(estimate: SavingEstimate | null, { name }: Metric): string | null {
  if (estimate === null || estimate.found === null || estimate.share > 1 - LEAST) return null;
  const { scheduler, trials, share, best, found } = estimate;
  const spared = `with --scheduler ${scheduler} these ${trials} trials would have run ${Math.round(100 * share)} % of what they ran`;
  const what =
    found.number === best
      ? `and the best of them (trial ${best}) to its end`
      : `but not the best of them (trial ${best}) to its end: trial ${found.number}, ${name} ${formatNumber(found.value)}`;
  return `${spared}, ${what}; an estimate by their own reports`;
}
