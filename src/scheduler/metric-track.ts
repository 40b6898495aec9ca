import { compareValues } from "../objective/index.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import type { Metric } from "../trial/metric.ts";
import type { Report } from "../trial/trial.ts";
import { lastUpTo } from "./last-up-to.ts";

/** The best of one metric over a trial's reports, read once and asked often: a trial may have a hundred thousand of them. */
export class MetricTrack {
  readonly #metric: Metric;
  readonly #seqs: number[] = [];
  /** The best value up to each place. */
  readonly #bests: number[] = [];
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
      const { seq, values } = reports[this.#read]!;
      const encoded = values[name];
      if (encoded === undefined) continue;
      const value = decodeNumber(encoded);
      if (compareValues(value, best, direction) < 0) best = value;
      this.#seqs.push(seq);
      this.#bests.push(best);
    }
    this.#last = reports.at(-1);
    return true;
  }

  /** The best value of the reports up to this one; NaN where there is none. */
  bestBy(seq: number): number {
    return this.#bests[lastUpTo(this.#seqs, seq)] ?? Number.NaN;
  }
}
