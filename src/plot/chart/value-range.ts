import { usefulRange } from "../../analysis/useful-range.ts";
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

/** Where values lie that are worth looking at, `kept` among them in any case: few very bad ones would press all others into a line. */
export function shownRange(values: readonly number[], direction: Direction, kept: readonly number[] = []): ShownRange {
  if (values.length === 0) return { min: 0, max: 1, interval: 0.2, beyond: 0 };
  const useful = usefulRange(values, direction);
  const min = kept.reduce((least, value) => Math.min(least, value), useful[0]);
  const max = kept.reduce((most, value) => Math.max(most, value), useful[1]);
  const room = max > min ? 0 : Math.max(Math.abs(max) * 0.1, 0.5);
  const beyond = values.reduce((count, value) => count + Number(value < min || value > max), 0);
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
