import { compileLimits, type Limit } from "../../objective/index.ts";
import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";
import { EndModel } from "../many/end-model.ts";
import { rankResults } from "../many/rank-results.ts";
import type { StepResult } from "../many/step-result.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/** Where a trial stands at a step among the complete trials that had values there. */
export interface TrackPlace {
  /** How many are on a better front, or keep limits that it breaks, or break them by less. */
  readonly better: number;
  readonly of: number;
  /** What the trial had, by objective. */
  readonly told: readonly (readonly [metric: string, value: number])[];
}

interface Track {
  readonly trial: Trial;
  readonly courses: ReadonlyMap<string, MetricByStep>;
}

/** What complete trials had at each step, by several objectives and limits. */
export class FrontTracks {
  readonly #metrics: readonly Metric[];
  readonly #limits: readonly Limit[];
  readonly #grows: readonly string[];
  readonly #smooth: number;
  readonly #reader = new RowReader();
  #tracks = new Map<number, Track>();

  constructor(metrics: readonly Metric[], limits: readonly string[], grows: readonly string[], smooth: number) {
    this.#metrics = metrics;
    this.#limits = compileLimits(limits);
    this.#grows = grows;
    this.#smooth = smooth;
  }

  /** At a step, by the trial's reports before `count`; null where it has not told each objective by then. */
  placeOf(view: HistoryView, trial: Trial, count: number, step: number): TrackPlace | null {
    this.#follow(view);
    const own = this.#trackOf(view, trial, count);
    const others = [...this.#tracks.values()].filter((track) => track.trial.number !== trial.number);
    const model = this.#modelAt(others, step);
    const result = this.#resultAt(own, step, model);
    if (result === null) return null;
    const there = others.map((track) => this.#resultAt(track, step, model)).filter((one) => one !== null);
    const ranked = rankResults([...there, result], this.#limits);
    const { tier } = ranked.find((one) => one.trial === trial.number)!;
    const better = ranked.filter((one) => one.tier < tier).length;
    const told = this.#metrics.map(({ name }) => [name, this.#valueAt(own, name, step)!] as const);
    return { better, of: there.length, told };
  }

  #follow(view: HistoryView): void {
    const { trial: numbers, state } = view.columns;
    const begin = (): void => {
      this.#tracks = new Map();
    };
    for (const row of this.#reader.follow(view, begin)) {
      const trial = state[row] === COMPLETE ? view.trial(numbers[row]!) : undefined;
      if (trial !== undefined) this.#tracks.set(trial.number, this.#trackOf(view, trial, Number.POSITIVE_INFINITY));
    }
  }

  #trackOf(view: HistoryView, trial: Trial, count: number): Track {
    const reports = view.reports(trial.number);
    const names = [...this.#metrics.map(({ name }) => name), ...this.#limits.flatMap(({ metrics }) => metrics)];
    const courses =
      reports === undefined
        ? []
        : [...new Set(names)].map((name): [string, MetricByStep] => [
            name,
            MetricByStep.of(reports, Math.min(count, reports.length), name),
          ]);
    return { trial, courses: new Map(courses) };
  }

  /** Undefined where the metric was not told by then. */
  #valueAt({ courses }: Track, name: string, step: number): number | undefined {
    const course = courses.get(name);
    const place = course?.placeOf(step) ?? -1;
    return place < 0 ? undefined : course!.smoothed(place, this.#smooth);
  }

  /** What metrics of limits that grow come to from this step on. */
  #modelAt(tracks: readonly Track[], step: number): (name: string, value: number) => number {
    const model = new EndModel(this.#grows);
    let largest = step;
    for (const name of new Set(this.#limits.flatMap(({ metrics }) => metrics))) {
      for (const track of tracks) {
        const course = track.courses.get(name);
        const at = this.#valueAt(track, name, step);
        if (course === undefined || at === undefined) continue;
        const last = course.length - 1;
        largest = Math.max(largest, course.step(last));
        model.saw(name, at, course.value(last));
        model.ended(name, 0, at, course.value(last));
      }
    }
    return (name, value) => model.atEnd(name, 0, value, step > 0 ? largest / step : 1);
  }

  #resultAt(track: Track, step: number, atEnd: (name: string, value: number) => number): StepResult | null {
    const values = this.#metrics.map(({ name }) => this.#valueAt(track, name, step));
    if (values.some((value) => value === undefined)) return null;
    const point = this.#metrics.map(({ direction }, k) => {
      const value = values[k]!;
      return Number.isFinite(value) ? (direction === "minimize" ? value : -value) : Number.POSITIVE_INFINITY;
    });
    const told: Record<string, number> = {};
    for (const name of this.#limits.flatMap(({ metrics }) => metrics)) {
      const value = this.#valueAt(track, name, step);
      if (value !== undefined) told[name] = atEnd(name, value);
    }
    return { trial: track.trial.number, point, told, params: track.trial.params };
  }
}
