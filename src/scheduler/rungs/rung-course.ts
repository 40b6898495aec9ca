import type { Metric } from "../../trial/metric.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";
import type { Follower } from "../reports/followers.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";
import type { Ladder } from "./ladder.ts";

/** What a trial came to at a rung. */
export interface RungResult {
  readonly trial: number;
  readonly value: number;
}

export interface Reached extends RungResult {
  readonly rung: number;
  /** Number of the report with which it came there. */
  readonly seq: number;
}

/**
 * The rungs that a trial came to by its reports, from the first one on that tells the metric, each with the value that it had then. A rung that it leapt
 * over with one report is none of them. All follows from the reports, so that it holds for any count of them.
 */
export class RungCourse implements Follower {
  readonly #trial: number;
  readonly #metric: Metric;
  readonly #ladder: Ladder;
  readonly #smooth: number;
  readonly #values: MetricByStep;
  /** In the order of rungs and of reports. */
  readonly #reached: Reached[] = [];
  #firstTold: number | null = null;

  constructor(trial: number, metric: Metric, ladder: Ladder, smooth: number) {
    this.#trial = trial;
    this.#metric = metric;
    this.#ladder = ladder;
    this.#smooth = smooth;
    this.#values = new MetricByStep(this.#metric.name);
  }

  get count(): number {
    return this.#values.count;
  }

  read(reports: TrialReports, count: number): void {
    for (let seq = this.count; seq < count; seq++) {
      this.#values.read(reports, seq + 1);
      if (this.#values.length === 0) continue;
      this.#firstTold ??= seq;
      const rung = this.#ladder.rungAt(reports.step(seq));
      if (rung <= (this.#reached.at(-1)?.rung ?? -1)) continue;
      const value = valueBy(this.#values, reports.step(seq), this.#smooth);
      this.#reached.push({ trial: this.#trial, value, rung, seq });
    }
  }

  /** True where none of the reports before `count` tells the metric. */
  isSilent(count: number): boolean {
    return this.#firstTold === null || this.#firstTold >= count;
  }

  /** Rungs reached with the reports from number `from` on and before `count`, lowest first. */
  between(from: number, count: number): readonly Reached[] {
    return this.#reached.filter(({ seq }) => seq >= from && seq < count);
  }
}

/** What a trial had at a step: NaN where it had told no value by then. */
function valueBy(values: MetricByStep, step: number, smooth: number): number {
  const place = values.placeOf(step);
  return place < 0 ? Number.NaN : values.smoothed(place, smooth);
}
