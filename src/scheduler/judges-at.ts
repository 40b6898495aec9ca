import type { Report, Trial } from "../trial/trial.ts";

/**
 * Whether a trial is judged at this report: the first one at or behind each of the steps `warmup`, `warmup + interval`,
 * `warmup + 2 * interval` and so on.
 */
export function judgesAt(trial: Trial, report: Report, warmup: number, interval: number): boolean {
  if (report.step < warmup) return false;
  const before = trial.reports[report.seq - 1];
  if (before === undefined || before.step < warmup) return true;
  return Math.floor((report.step - warmup) / interval) > Math.floor((before.step - warmup) / interval);
}
