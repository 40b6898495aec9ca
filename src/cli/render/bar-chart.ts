import { sampledCourse } from "./sampled-course.ts";

/**
 * A course of values as upright bars over several rows, newest at the right, at most `width` of them: each bar is as high as the
 * newest value of its share. The scale is that of a sparkline.
 */
export function barChart(
  values: readonly number[],
  width: number,
  rows: number,
  steps: readonly string[],
): readonly string[] {
  const shares = sampledCourse(values, width);
  const levels = shares.map((share) => 1 + Math.round(share * (rows * steps.length - 1)));
  return Array.from({ length: rows }, (_, row) => {
    const below = (rows - 1 - row) * steps.length;
    return levels
      .map((level) => (level <= below ? " " : steps[Math.min(steps.length, level - below) - 1]!))
      .join("")
      .trimEnd();
  });
}
