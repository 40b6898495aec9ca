import type { Report } from "./trial.ts";

/**
 * A trial's reports by their place, from 0, as the log had them at one revision. Nothing is made but what is asked for, so that a hundred thousand
 * of them cost no object.
 *
 * @experimental
 */
export interface TrialReports {
  readonly length: number;
  /** Of a place below `length`, as are the others. */
  step(seq: number): number;
  /** What the report tells of a metric, NaN and infinities included; undefined where it does not tell it. */
  value(seq: number, metric: string): number | undefined;
  /** The report as an object, made anew each time; undefined where there is none. */
  at(seq: number): Report | undefined;
}
