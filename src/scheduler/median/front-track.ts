import type { Limit } from "../../objective/index.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";
import type { StepResult } from "../many/step-result.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";

/** What trials are compared by: objectives, limits, and of how many steps a value is the mean. */
export interface TrackJudge {
  readonly metrics: readonly Metric[];
  readonly limits: readonly Limit[];
  /** Names of the metrics that limits look at, each once. */
  readonly limited: readonly string[];
  readonly smooth: number;
}

/** A metric's value as it will be at a trial's end. */
export type AtEnd = (name: string, value: number) => number;

/** What one trial told of objectives and of what limits look at, by step. */
export class FrontTrack {
  readonly trial: Trial;
  readonly #judge: TrackJudge;
  readonly #courses: ReadonlyMap<string, MetricByStep>;

  /** By the trial's reports before `count`. */
  constructor(trial: Trial, reports: TrialReports | undefined, count: number, judge: TrackJudge) {
    this.trial = trial;
    this.#judge = judge;
    const names = new Set([...judge.metrics.map(({ name }) => name), ...judge.limited]);
    this.#courses = new Map(
      reports === undefined
        ? []
        : [...names].map((name) => [name, MetricByStep.of(reports, Math.min(count, reports.length), name)]),
    );
  }

  /** Undefined where the metric was not told by then. */
  valueAt(name: string, step: number): number | undefined {
    const course = this.#courses.get(name);
    const place = course?.placeOf(step) ?? -1;
    return place < 0 ? undefined : course!.smoothed(place, this.#judge.smooth);
  }

  /** The last step that the metric was told at, and its value; undefined where it was told nowhere. */
  lastOf(name: string): { readonly step: number; readonly value: number } | undefined {
    const course = this.#courses.get(name);
    if (course === undefined || course.length === 0) return undefined;
    const place = course.length - 1;
    return { step: course.step(place), value: course.value(place) };
  }

  /** Whether it told each objective by a step. */
  isAt(step: number): boolean {
    return this.#judge.metrics.every(({ name }) => this.valueAt(name, step) !== undefined);
  }

  /** As it is compared at a step at which it is; what grows stands for its end. */
  resultAt(step: number, atEnd: AtEnd): StepResult {
    const point = this.#judge.metrics.map(({ name, direction }) => {
      const value = this.valueAt(name, step)!;
      return Number.isFinite(value) ? (direction === "minimize" ? value : -value) : Number.POSITIVE_INFINITY;
    });
    const told: Record<string, number> = {};
    for (const name of this.#judge.limited) {
      const value = this.valueAt(name, step);
      if (value !== undefined) told[name] = atEnd(name, value);
    }
    return { trial: this.trial.number, point, told, params: this.trial.params };
  }
}
