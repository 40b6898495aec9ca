/**
 * How far the neighbours of each point lie apart, summed over the coordinates as shares of their ranges; Infinity at the ends of a coordinate
 * (Deb, Pratap, Agarwal and Meyarivan, "A fast and elitist multiobjective genetic algorithm: NSGA-II", 2002). Coordinates are finite;
 * of equal points the earlier ones count as the smaller.
 */
export function crowdingDistances(points: readonly ArrayLike<number>[]): Float64Array {
  const distances = new Float64Array(points.length);
  const dimension = points[0]?.length ?? 0;
  for (let d = 0; d < dimension; d++) {
    const order = [...points.keys()].sort((a, b) => points[a]![d]! - points[b]![d]! || a - b);
    const place = (k: number): number => points[order[k]!]![d]!;
    // Halved, so that no difference overflows.
    const range = place(order.length - 1) / 2 - place(0) / 2;
    distances[order[0]!] = Number.POSITIVE_INFINITY;
    distances[order.at(-1)!] = Number.POSITIVE_INFINITY;
    for (let k = 1; k < order.length - 1 && range > 0; k++) {
      const gap = (place(k + 1) / 2 - place(k - 1) / 2) / range;
      distances[order[k]!] = distances[order[k]!]! + gap;
    }
  }
  return distances;
}
