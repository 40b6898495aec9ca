import { sampledCourse } from "./sampled-course.ts";

/** A course of values as one line of bars, newest at the right, at most `width` of them. */
export function sparkline(values: readonly number[], width: number, steps: readonly string[]): string {
  return sampledCourse(values, width)
    .map((share) => steps[Math.round(share * (steps.length - 1))]!)
    .join("");
}
