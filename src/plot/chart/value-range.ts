import type { Direction } from "../../trial/metric.ts";

/** The part of an axis that is drawn. */
export interface ShownRange {
  readonly min: number;
  readonly max: number;
  /** From one number of the axis to the next. */
  readonly interval: number;
  /** How many of the values lie beyond it, on the bad side. */
  readonly beyond: number;
}

/** Times the spread of the better half by which a bad value may lie off before it is left out. */
const FAR = 5;

/** Where values lie that are worth looking at: few very bad ones would press all others into a line. */
export function shownRange(values: readonly number[], direction: Direction): ShownRange {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return { min: 0, max: 1, interval: 0.2, beyond: 0 };
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, high] = [at(0), at(1)];
  const middle = at(0.5);
  const reach =
    FAR *
    (direction === "minimize" ? Math.max(middle - low, at(0.75) - middle) : Math.max(high - middle, middle - at(0.25)));
  const min = direction === "minimize" ? low : Math.max(low, middle - reach);
  const max = direction === "minimize" ? Math.min(high, middle + reach) : high;
  const room = max > min ? 0 : Math.max(Math.abs(max) * 0.1, 0.5);
  const beyond = sorted.reduce((count, value) => count + Number(value < min || value > max), 0);
  return { ...roundEnds(min - room, max + room), beyond };
}

const PARTS = 5;
const STEPS = [1, 2, 2.5, 5, 10] as const;

/** Ends that are multiples of a round number, so that axes say nothing like 0.2984802077691515. */
function roundEnds(
  low: number,
  high: number,
): { readonly min: number; readonly max: number; readonly interval: number } {
  const size = Number(`1e${Number(((high - low) / PARTS).toExponential(0).split("e")[1])}`);
  const interval = size * STEPS.find((step) => (high - low) / (step * size) <= PARTS)!;
  const end = (value: number): number => Number((value * interval).toPrecision(12));
  return { min: end(Math.floor(low / interval)), max: end(Math.ceil(high / interval)), interval };
}
