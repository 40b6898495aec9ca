/** Values farther out than this share of the best are drawn at the edge, so that a bad beginning does not flatten the rest. */
const SHOWN_SHARE = 0.75;

/**
 * A course of values as shares from 0 (its lowest value) to 1, at most `width` of them, each the newest value of its part. The scale
 * runs over the three quarters of the values nearest to the newest end of the course; of equal values all are 0.
 */
export function sampledCourse(values: readonly number[], width: number): readonly number[] {
  const count = Math.min(width, values.length);
  if (count <= 0) return [];
  const shown = Array.from(
    { length: count },
    (_, place) => values[Math.ceil(((place + 1) * values.length) / count) - 1]!,
  );
  const last = shown.at(-1)!;
  const distances = shown.map((value) => Math.abs(value - last)).sort((a, b) => a - b);
  const reach = distances[Math.floor((count - 1) * SHOWN_SHARE)] || distances.at(-1)!;
  const kept = shown.map((value) => Math.min(last + reach, Math.max(last - reach, value)));
  const [low, high] = [Math.min(...kept), Math.max(...kept)];
  return kept.map((value) => (high === low ? 0 : (value - low) / (high - low)));
}
