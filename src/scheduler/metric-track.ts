import { compareValues } from "../objective/index.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import type { Metric } from "../trial/metric.ts";
import type { Report } from "../trial/trial.ts";

/** One metric over a trial's reports, read once and asked often: a trial may have a hundred thousand of them. */
export class MetricTrack {
  readonly #seqs: number[] = [];
  /** The best value up to each place. */
  readonly #bests: number[] = [];
  /** In ascending order, and beside each the value reported last of those at this step or before it. */
  readonly #steps: readonly number[];
  readonly #newest: readonly number[];

  constructor(reports: readonly Report[], metric: Metric) {
    const told: { readonly step: number; readonly value: number; readonly place: number }[] = [];
    let best = Number.NaN;
    for (const { seq, step, values } of reports) {
      const encoded = values[metric.name];
      if (encoded === undefined) continue;
      const value = decodeNumber(encoded);
      if (compareValues(value, best, metric.direction) < 0) best = value;
      told.push({ step, value, place: told.length });
      this.#seqs.push(seq);
      this.#bests.push(best);
    }
    // Steps come in order, as nearly always: then this is quick.
    told.sort((a, b) => a.step - b.step);
    let last = told[0];
    this.#steps = told.map(({ step }) => step);
    this.#newest = told.map((one) => {
      if (one.place > last!.place) last = one;
      return last!.value;
    });
  }

  /** The value reported last of those at this step or before it; undefined where there was none yet. */
  newestBy(step: number): number | undefined {
    return this.#newest[lastUpTo(this.#steps, step)];
  }

  /** The best value of the reports up to this one; NaN where there is none. */
  bestBy(seq: number): number {
    return this.#bests[lastUpTo(this.#seqs, seq)] ?? Number.NaN;
  }
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
