import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { Recent } from "../recent.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";
import { RankBand } from "./rank-band.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
/** Values kept over all steps: 32 MiB. Where there are more, the step that was asked for longest ago is read again when it is next. */
const MOST_VALUES = 4_194_304;
/** Reports are asked for anew when there are so many times the trials: what they were read from has been packed together since. */
const GROWTH = 1.25;

/** What complete trials had at one step, of the first `taken` of them. */
interface StepValues {
  readonly band: RankBand;
  taken: number;
}

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
  #steps = keptSteps();

  /** The value at that share of the trials, from 0 for the best to 1 for the worst; values are the mean of `smooth`. */
  constructor(metric: Metric, share: number, smooth = 1) {
    this.#metric = metric;
    this.#share = share;
    this.#smooth = smooth;
  }

  /** At `step`, of each trial's value at the last of its steps up to there, of those that had one. Without the trial `own`. */
  barAt(view: HistoryView, step: number, own: number): Bar {
    this.#follow(view);
    if (this.#known.has(own)) return this.#barWithout(own, step);
    const known = this.#steps.get(step) ?? { band: this.#newBand(), taken: 0 };
    const value = this.#valueOf(known, step);
    this.#steps.keep(step, known);
    return { value, of: known.band.length };
  }

  #newBand(): RankBand {
    return new RankBand(this.#metric.direction, this.#share);
  }

  #valueOf(known: StepValues, step: number): number {
    const { band } = known;
    if (known.taken === 0) band.fill(this.#valuesAt(step));
    else for (const value of this.#valuesAt(step, known.taken)) band.add(value);
    known.taken = this.#tracks.length;
    if (band.value === null) band.fill(this.#valuesAt(step));
    return band.value ?? Number.NaN;
  }

  #barWithout(own: number, step: number): Bar {
    const band = this.#newBand();
    const place = this.#numbers.indexOf(own);
    band.fill([...this.#valuesAt(step, 0, place), ...this.#valuesAt(step, place + 1)]);
    return { value: band.value ?? Number.NaN, of: band.length };
  }

  /** Trials often report at the same steps: where one had its value, the next is looked for first. */
  #valuesAt(step: number, from = 0, to = this.#tracks.length): number[] {
    const values: number[] = [];
    let guess = 0;
    for (let k = from; k < to; k++) {
      const track = this.#tracks[k]!;
      const place = track.placeOf(step, guess);
      if (place < 0) continue;
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
    this.#steps = keptSteps();
  }
}

function keptSteps(): Recent<StepValues> {
  return new Recent(MOST_VALUES, ({ band }) => band.kept);
}
