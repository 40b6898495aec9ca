import { formatDuration } from "../../../src/analysis/words/format-duration.ts";
import { formatNumber } from "../../../src/analysis/words/format-number.ts";
import type { Metric } from "../../../src/trial/metric.ts";
import type { Summary } from "../client/summary.ts";
import { countWords } from "./count-words.ts";

/** What a study has come to, in sentences. */
export interface Headline {
  /** The best so far, and by how much. */
  readonly best: string;
  /** What that is compared with the defaults; null where there is nothing to say. */
  readonly improvement: string | null;
  readonly trials: string;
  /** What it took so far; null before anything ended. */
  readonly spent: string | null;
}

/** A study's standing for who has five seconds. */
export function headline(summary: Summary, metrics: readonly Metric[]): Headline {
  return {
    best: bestWords(summary, metrics),
    improvement: improvementWords(summary),
    trials: trialWords(summary),
    spent: summary.time === null ? null : spentWords(summary.time),
  };
}

function bestWords({ best, front, nearest, counts, worthless }: Summary, metrics: readonly Metric[]): string {
  if (metrics.length > 1) {
    if (front.length > 0)
      return `${countWords(front.length, "configuration")} on the Pareto front: none is dominated by another`;
    return nearest === null ? "No result yet" : `Nothing keeps the limits yet; trial ${nearest.number} comes nearest`;
  }
  const [metric] = metrics;
  if (best === null || metric === undefined) {
    if (worthless > 0) return "No complete trial has a finite value";
    return counts.failed > 0 && counts.complete === 0 ? "No trial was completed" : "No result yet";
  }
  const spread = best.uncertainty === null ? "" : ` ± ${formatNumber(best.uncertainty, 2)}`;
  const of = best.replicates === 1 ? "one run" : `mean of ${best.replicates} runs`;
  const kept = best.limits?.feasible === false ? "Nearest to the limits" : "Best";
  return `${kept}: ${metric.name} ${formatNumber(best.values[metric.name] ?? "NaN")}${spread} (trial ${best.number}, ${of})`;
}

function improvementWords({ best, default: defaults }: Summary): string | null {
  if (best === null) return null;
  if (defaults === null) return "The defaults have no result to compare with.";
  if (defaults.number === best.number) return "The defaults are the best so far.";
  const { lead, leadUncertainty, leadInterval, value } = defaults;
  const share = value === 0 ? "" : ` (${formatNumber((100 * lead) / Math.abs(value), 2)} %)`;
  const spread = leadUncertainty === null ? "" : ` ± ${formatNumber(leadUncertainty, 2)}`;
  const than = `${formatNumber(Math.abs(lead), 3)}${spread}${share} ${lead >= 0 ? "better" : "worse"} than the defaults (trial ${defaults.number}: ${formatNumber(value)})`;
  if (leadInterval === null) return `${than}; one run each, luck is not ruled out.`;
  const range = `${formatNumber(leadInterval.low, 2)} to ${formatNumber(leadInterval.high, 2)} with 95 % confidence`;
  return `${than}; ${leadInterval.low > 0 ? "more than chance" : "may be chance"}: ${range}.`;
}

function trialWords({ counts, invalid }: Summary): string {
  const parts = [
    [counts.complete, "done"],
    [counts.running, "running"],
    [counts.pruned, "stopped early"],
    [counts.failed, "failed"],
    [counts.paused, "paused"],
    [counts.waiting, "waiting"],
    [invalid, "marked invalid"],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count.toLocaleString("en-US")} ${word}`);
  return told.length === 0 ? "No trial yet" : told.join(", ");
}

function spentWords({ total, median }: NonNullable<Summary["time"]>): string {
  return `${formatDuration(total)} of trials, ${formatDuration(median)} each (median)`;
}
