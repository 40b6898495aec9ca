import type { Metric } from "../trial/metric.ts";

/** The worst values that are of interest, of objectives that are all to be made small, Infinity where there is none; null without any. */
export function knownReferences(metrics: readonly Metric[]): Float64Array | null {
  if (metrics.every(({ reference }) => reference === undefined)) return null;
  return Float64Array.from(metrics, ({ reference, direction }) => {
    if (reference === undefined) return Number.POSITIVE_INFINITY;
    return direction === "minimize" ? reference : -reference;
  });
}

/** True where a point adds to the hypervolume that is measured from the references: it is better than each. */
export function isWithin(point: Float64Array, references: Float64Array | null): boolean {
  return references === null || references.every((reference, d) => point[d]! < reference);
}
