import { type FrontTrade, kneeOf, type Preference, preferredOf, tradesFrom } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";

/** What is looked at of a point. */
interface NamedPoint {
  readonly number: number;
  readonly values: Readonly<Record<string, number>>;
}

/** How a front may be chosen from; points by the numbers of their trials. */
export interface FrontChoice {
  /** Where the front bends most. */
  readonly knee: number;
  /** By the preference, with the bounds of it that no point meets; null where there is none. */
  readonly preferred: { readonly number: number; readonly unmet: readonly string[] } | null;
  /** From the preferred point, or else the knee, to the front's end in each objective. */
  readonly trades: readonly (Omit<FrontTrade, "to"> & { readonly to: number })[];
}

/** What speaks for which point of a front; null for none. */
export function chooseFromFront(
  front: readonly NamedPoint[],
  metrics: readonly Metric[],
  preference: Preference | null = null,
): FrontChoice | null {
  const points = pointsOf(front, metrics);
  const knee = kneeOf(points, metrics);
  if (knee === null) return null;
  const preferred = preference === null ? null : preferredOf(points, metrics, preference);
  const numberOf = (place: number): number => front[place]!.number;
  const trades = tradesFrom(preferred?.place ?? knee, points, metrics);
  return {
    knee: numberOf(knee),
    preferred: preferred === null ? null : { number: numberOf(preferred.place), unmet: preferred.unmet },
    trades: trades.map(({ to, ...trade }) => ({ ...trade, to: numberOf(to) })),
  };
}

/** Values of each point in the order of the metrics. */
function pointsOf(front: readonly NamedPoint[], metrics: readonly Metric[]): readonly (readonly number[])[] {
  return front.map(({ values }) => metrics.map(({ name }) => values[name]!));
}
