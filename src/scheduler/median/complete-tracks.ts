import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";
import { KeptSteps } from "./kept-steps.ts";
import { RankBands } from "./rank-bands.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
/** Values kept over all steps: 32 MiB. Where there would be more, the step that was asked for first is read again when it is next. */
const MOST_VALUES = 4_194_304;
/** Reports are asked for anew when there are so many times the trials: what they were read from has been packed together since. */
const GROWTH = 1.25;

/** The value that is asked for of those of complete trials, and how many have one. */
export interface Bar {
  readonly value: number;
  readonly of: number;
}

/**
 * What complete trials had at each step. A view that goes on from the one before adds its new trials to what is known, so that a report costs no
 * look at all trials; any other view is read from its beginning.
 */
export class CompleteTracks {
  readonly #metric: Metric;
  readonly #share: number;
  readonly #smooth: number;
  readonly #reader = new RowReader();
  /** The complete trials among the rows read, in their order. */
  #numbers: number[] = [];
  #known = new Set<number>();
  #tracks: MetricByStep[] = [];
  #fetched = 0;
  #steps: KeptSteps;
  /** Where the step that was asked for last was found first: the next one is mostly behind it. */
  #found = 0;

  /** The value at that share of the trials, from 0 for the best to 1 for the worst; values are the mean of `smooth`. */
  constructor(metric: Metric, share: number, smooth = 1) {
    this.#metric = metric;
    this.#share = share;
    this.#smooth = smooth;
    this.#steps = this.#noSteps();
  }

  /** At `step`, of each trial's value at the last of its steps up to there, of those that had one. Without the trial `own`. */
  barAt(view: HistoryView, step: number, own: number): Bar {
    this.#follow(view);
    if (this.#known.has(own)) return this.#barWithout(own, step);
    const { bands } = this.#steps;
    const lot = this.#steps.lotOf(step);
    const taken = this.#steps.taken[lot]!;
    if (taken === 0) bands.fill(lot, this.#valuesAt(step));
    else this.#addAt(step, taken, lot);
    this.#steps.taken[lot] = this.#tracks.length;
    if (bands.valueOf(lot) === null) bands.fill(lot, this.#valuesAt(step));
    const bar = { value: bands.valueOf(lot) ?? Number.NaN, of: bands.lengthOf(lot) };
    if (this.#steps.weight > MOST_VALUES) this.#steps = this.#noSteps();
    return bar;
  }

  #noSteps(): KeptSteps {
    return new KeptSteps(this.#newBands(), MOST_VALUES);
  }

  #newBands(): RankBands {
    return new RankBands(this.#metric.direction, this.#share);
  }

  #barWithout(own: number, step: number): Bar {
    const bands = this.#newBands();
    const place = this.#numbers.indexOf(own);
    bands.fill(0, [...this.#valuesAt(step, 0, place), ...this.#valuesAt(step, place + 1)]);
    return { value: bands.valueOf(0) ?? Number.NaN, of: bands.lengthOf(0) };
  }

  #addAt(step: number, from: number, lot: number): void {
    for (let k = from; k < this.#tracks.length; k++) {
      const track = this.#tracks[k]!;
      const place = track.placeOf(step, this.#found);
      if (place < 0) continue;
      this.#steps.bands.add(lot, track.smoothed(place, this.#smooth));
      this.#found = place;
    }
  }

  /** Trials often report at the same steps: where one had its value, the next is looked for first. */
  #valuesAt(step: number, from = 0, to = this.#tracks.length): number[] {
    const values: number[] = [];
    let guess = this.#found;
    for (let k = from; k < to; k++) {
      const track = this.#tracks[k]!;
      const place = track.placeOf(step, guess);
      if (place < 0) continue;
      if (values.length === 0) this.#found = place;
      values.push(track.smoothed(place, this.#smooth));
      guess = place;
    }
    return values;
  }

  #follow(view: HistoryView): void {
    const { trial: numbers, state } = view.columns;
    for (const row of this.#reader.follow(view, () => this.#begin())) {
      const number = numbers[row]!;
      const reports = state[row] === COMPLETE ? view.reports(number) : undefined;
      if (reports === undefined) continue;
      this.#known.add(number);
      this.#numbers.push(number);
      this.#tracks.push(MetricByStep.of(reports, reports.length, this.#metric.name));
    }
    if (this.#tracks.length > GROWTH * this.#fetched) this.#fetch(view);
  }

  #fetch(view: HistoryView): void {
    this.#fetched = this.#tracks.length;
    for (const [k, number] of this.#numbers.entries()) {
      const reports = view.reports(number);
      if (reports !== undefined) this.#tracks[k]!.read(reports, this.#tracks[k]!.count);
    }
  }

  #begin(): void {
    this.#numbers = [];
    this.#known = new Set();
    this.#tracks = [];
    this.#fetched = 0;
    this.#steps = this.#noSteps();
  }
}
