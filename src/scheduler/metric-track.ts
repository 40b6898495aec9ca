import { compareValues } from "../objective/index.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import type { Metric } from "../trial/metric.ts";
import type { Report } from "../trial/trial.ts";

/** Steps in ascending order, and beside each the value reported last of those at this step or before it. */
interface Newest {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** One metric over a trial's reports, read once and asked often: a trial may have a hundred thousand of them. */
export class MetricTrack {
  readonly #metric: Metric;
  readonly #steps: number[] = [];
  readonly #values: number[] = [];
  readonly #seqs: number[] = [];
  /** The best value up to each place. */
  readonly #bests: number[] = [];
  #newest: Newest | null = null;
  #read = 0;
  #last: Report | undefined;

  constructor(reports: readonly Report[], metric: Metric) {
    this.#metric = metric;
    this.follow(reports);
  }

  /** Reads what came since of a list that goes on from the one before; false, and nothing is read, for one that does not. */
  follow(reports: readonly Report[]): boolean {
    if (reports[this.#read - 1] !== this.#last) return false;
    const { name, direction } = this.#metric;
    let best = this.#bests.at(-1) ?? Number.NaN;
    for (; this.#read < reports.length; this.#read++) {
      const { seq, step, values } = reports[this.#read]!;
      const encoded = values[name];
      if (encoded === undefined) continue;
      const value = decodeNumber(encoded);
      if (compareValues(value, best, direction) < 0) best = value;
      this.#steps.push(step);
      this.#values.push(value);
      this.#seqs.push(seq);
      this.#bests.push(best);
      this.#newest = null;
    }
    this.#last = reports.at(-1);
    return true;
  }

  /** The value reported last of those at this step or before it; undefined where there was none yet. */
  newestBy(step: number): number | undefined {
    this.#newest ??= newestOf(this.#steps, this.#values);
    return this.#newest.values[lastUpTo(this.#newest.steps, step)];
  }

  /** The best value of the reports up to this one; NaN where there is none. */
  bestBy(seq: number): number {
    return this.#bests[lastUpTo(this.#seqs, seq)] ?? Number.NaN;
  }
}

function newestOf(steps: readonly number[], values: readonly number[]): Newest {
  // Steps come in order, as nearly always: then this is quick.
  const order = Array.from(steps.keys()).sort((a, b) => steps[a]! - steps[b]!);
  let last = order[0];
  const newest = order.map((place) => {
    if (place > last!) last = place;
    return values[last!]!;
  });
  return { steps: order.map((place) => steps[place]!), values: newest };
}

/** Place of the last entry that is not above `limit`, or -1; the entries ascend. */
function lastUpTo(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
