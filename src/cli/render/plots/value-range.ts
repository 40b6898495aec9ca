import type { Direction } from "../../../trial/metric.ts";

/** Share of the values that a figure shows at their height; worse ones lie at the edge. */
const SHOWN = 0.9;

/** The part of a metric's axis that is drawn. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
  /** From 0 at `low` to 1 at `high`; values outside lie at the edge. */
  readonly share: (value: number) => number;
}

/** From the best value to where nine tenths of the values lie, so that a few bad ones do not flatten the rest. */
export function valueRange(values: readonly number[], direction: Direction): ValueRange {
  const sorted = [...values].sort((a, b) => (direction === "minimize" ? a - b : b - a));
  const best = sorted[0] ?? 0;
  const reach = sorted[Math.ceil((sorted.length - 1) * SHOWN)] ?? best;
  const [low, high] = [Math.min(best, reach), Math.max(best, reach)];
  const share = (value: number): number =>
    high === low ? 0.5 : Math.min(1, Math.max(0, (value - low) / (high - low)));
  return { low, high, share };
}
