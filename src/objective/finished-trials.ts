import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Direction, Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/**
 * The complete trials that have a finite value of a metric, in the order of their list: told by index, for there may be very many, and
 * made only for who asks for one.
 */
export class FinishedTrials {
  readonly list: TrialList;
  /** Of each its place in the list. */
  readonly places: Int32Array;
  readonly values: Float64Array;
  readonly #direction: Direction;
  #ranked: Int32Array | null = null;

  private constructor(list: TrialList, places: Int32Array, values: Float64Array, direction: Direction) {
    this.list = list;
    this.places = places;
    this.values = values;
    this.#direction = direction;
  }

  static of(trials: Iterable<Trial>, { name, direction }: Metric): FinishedTrials {
    const list = TrialList.of(trials);
    const { states, hidden } = list;
    const all = list.values(name);
    const places = new Int32Array(list.length);
    let count = 0;
    for (let place = 0; place < list.length; place++)
      if (states[place] === COMPLETE && hidden[place] === 0 && Number.isFinite(all[place])) places[count++] = place;
    const own = places.slice(0, count);
    const values = new Float64Array(count);
    for (let index = 0; index < count; index++) values[index] = all[own[index]!]!;
    return new FinishedTrials(list, own, values, direction);
  }

  get length(): number {
    return this.places.length;
  }

  number(index: number): number {
    return this.list.numbers[this.places[index]!]!;
  }

  /** To read single fields of: see TrialView. */
  trial(index: number): Trial {
    return this.list.at(this.places[index]!)!;
  }

  /** Indexes of all of them, the best first, of equal ones the first; nobody changes it. */
  get ranked(): Int32Array {
    if (this.#ranked !== null) return this.#ranked;
    const { values } = this;
    const ranked = new Int32Array(this.length);
    for (let index = 0; index < ranked.length; index++) ranked[index] = index;
    const sign = this.#direction === "minimize" ? 1 : -1;
    this.#ranked = ranked.sort((a, b) => sign * (values[a]! - values[b]!));
    return this.#ranked;
  }

  /** Indexes of at most `most` of them, ascending: half of these the best, the others evenly from the rest. */
  some(most: number): Int32Array {
    const { length } = this;
    if (length <= most) return Int32Array.from(this.places, (_place, index) => index);
    const best = Math.ceil(most / 2);
    const rest = length - best;
    const { ranked } = this;
    return Int32Array.from({ length: most }, (_none, k) =>
      k < best ? ranked[k]! : ranked[best + Math.floor(((k - best) * rest) / (most - best))]!,
    ).sort();
  }
}
