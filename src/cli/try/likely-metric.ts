import type { Direction } from "../../trial/metric.ts";
import { meaningOf } from "./metric-words.ts";

/** The metric most likely meant, and whether its name tells which way is better. */
export interface LikelyMetric {
  readonly name: string;
  readonly direction: Direction;
  readonly sure: boolean;
}

/** The first of metrics in order of likelihood; small is taken for good where no word of its name says otherwise. */
export function likelyMetric(ranked: readonly { readonly name: string }[]): LikelyMetric | null {
  const [first] = ranked;
  if (first === undefined) return null;
  const { direction } = meaningOf(first.name);
  return { name: first.name, direction: direction ?? "minimize", sure: direction !== null };
}
