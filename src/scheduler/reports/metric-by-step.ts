import type { TrialReports } from "../../trial/trial-reports.ts";
import type { Follower } from "./followers.ts";
import { lastUpTo } from "./last-up-to.ts";

const FIRST_CAPACITY = 16;
const NOTHING: TrialReports = { length: 0, step: () => Number.NaN, value: () => undefined, at: () => undefined };

/**
 * A trial's reports of one metric in the order of their steps, whatever order they came in; of several at one step the last that came counts. Values
 * stay where they are: nothing is kept while each report tells the metric at a larger step than the one before, else 4 bytes a step.
 */
export class MetricByStep implements Follower {
  readonly #metric: string;
  #reports: TrialReports = NOTHING;
  #read = 0;
  /** By place the report that counts there; null while that is the one with the place as its number. */
  #order: Int32Array | null = null;
  #length = 0;
  #before: number | null = null;
  #newest: number | null = null;

  constructor(metric: string) {
    this.#metric = metric;
  }

  /** Of a trial's reports before `count`. */
  static of(reports: TrialReports, count: number, metric: string): MetricByStep {
    const made = new MetricByStep(metric);
    made.read(reports, count);
    return made;
  }

  /** How many reports were read. */
  get count(): number {
    return this.#read;
  }

  /** Steps with a value. */
  get length(): number {
    return this.#length;
  }

  /** Step of the last report that came with a value, and of the one that came before it; null where there is none. */
  get came(): { readonly newest: number | null; readonly before: number | null } {
    return { newest: this.#newest, before: this.#before };
  }

  /** Takes in what is new among the reports before `count`; answers the first place whose value is another now, or `length`. */
  read(reports: TrialReports, count: number): number {
    this.#reports = reports;
    let changed = this.#length;
    for (; this.#read < count; this.#read++) {
      if (reports.value(this.#read, this.#metric) === undefined) this.#order ??= this.#identity();
      else changed = Math.min(changed, this.#take(this.#read));
    }
    return changed;
  }

  step(place: number): number {
    return this.#reports.step(this.#seq(place));
  }

  value(place: number): number {
    return this.#reports.value(this.#seq(place), this.#metric)!;
  }

  /** Mean of the values at `over` steps, this place the last of them; of fewer where the trial had no more. */
  smoothed(place: number, over: number): number {
    if (over === 1) return this.value(place);
    const first = Math.max(0, place - over + 1);
    let sum = 0;
    for (let k = first; k <= place; k++) sum += this.value(k);
    return sum / (place - first + 1);
  }

  /** Place of the last step that is not above `step`, or -1. `guess` is tried first, and the one behind it. */
  placeOf(step: number, guess = this.#length - 1): number {
    if (guess >= 0 && guess < this.#length && this.step(guess) <= step) {
      if (guess + 1 === this.#length || this.step(guess + 1) > step) return guess;
      if (guess + 2 === this.#length || this.step(guess + 2) > step) return guess + 1;
    }
    return lastUpTo((place) => this.step(place), this.#length, step);
  }

  #seq(place: number): number {
    return this.#order === null ? place : this.#order[place]!;
  }

  #identity(): Int32Array {
    const order = new Int32Array(Math.max(FIRST_CAPACITY, 2 * this.#length));
    for (let place = 0; place < this.#length; place++) order[place] = place;
    return order;
  }

  #take(seq: number): number {
    const step = this.#reports.step(seq);
    this.#before = this.#newest;
    this.#newest = step;
    const below = this.placeOf(step);
    if (below === this.#length - 1 && (below < 0 || this.step(below) < step)) {
      if (this.#order !== null) this.#put(this.#order, below + 1, seq);
      return this.#length++;
    }
    this.#order ??= this.#identity();
    if (below >= 0 && this.step(below) === step) {
      this.#order[below] = seq;
      return below;
    }
    this.#put(this.#order, below + 1, seq);
    this.#length++;
    return below + 1;
  }

  /** Before those that are at the place and behind it. */
  #put(old: Int32Array, place: number, seq: number): void {
    const order = this.#length < old.length ? old : new Int32Array(2 * old.length);
    if (order !== old) order.set(old);
    order.copyWithin(place + 1, place, this.#length);
    order[place] = seq;
    this.#order = order;
  }
}
