/** Differences of fractions that are meant to be whole are off by as much: 0.3 is 2.9999999999999996 times 0.1. */
const SLACK = 1e-9;

/**
 * Whether a trial is judged at a report with the metric: the first one at or behind each of the steps `warmup`, `warmup + interval`,
 * `warmup + 2 * interval` and so on. `before` is the step of the one that came before it, null for none.
 */
export function judgesAt(step: number, before: number | null, warmup: number, interval: number): boolean {
  if (step < warmup) return false;
  if (before === null || before < warmup) return true;
  return marksBy((step - warmup) / interval) > marksBy((before - warmup) / interval);
}

function marksBy(intervals: number): number {
  return Math.floor(intervals + SLACK * Math.max(1, intervals));
}
