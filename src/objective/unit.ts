import type { Metric } from "../trial/metric.ts";

/** An objective's name for a heading or an axis: `loss`, `latency (ms)`. */
export function nameWithUnit({ name, unit }: Pick<Metric, "name" | "unit">): string {
  return unit === undefined ? name : `${name} (${unit})`;
}

/** The same with what is to be made of it: `loss (minimize)`, `latency (ms, minimize)`. */
export function nameWithAim({ name, direction, unit }: Pick<Metric, "name" | "direction" | "unit">): string {
  return unit === undefined ? `${name} (${direction})` : `${name} (${unit}, ${direction})`;
}

/** A number of an objective that is written out already, with its unit: `12 ms`. */
export function withUnit(text: string, { unit }: Pick<Metric, "unit">): string {
  return unit === undefined ? text : `${text} ${unit}`;
}
