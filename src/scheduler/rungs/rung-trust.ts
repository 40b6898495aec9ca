import { rankCorrelation, rankCorrelationAtLeast } from "../../numeric/stats/rank-correlation.ts";

/** Pairs before which nothing is said of a rung. */
const FEWEST = 6;
/** Pairs after which no more are looked at: a rung whose order is not shown by so many is not used. */
const MOST = 24;
/** One-sided 90 %. */
const SURE = 1.2816;
/** The correlation is to be more than this. */
const LEAST = 0.1;

/**
 * Whether the order of trials at a rung is shown to be that at the rung above, by the first trials that came to both. These are all that began, good
 * and poor ones: until a rung is trusted nobody pauses there. What was shown once stays, so that it holds for any number of pairs read.
 */
export class RungTrust {
  readonly #pairs: (readonly [number, number])[] = [];
  #correlation = Number.NaN;
  #atLeast = -1;
  #shown = false;

  /** The next trial that came to both, values such that less is better and the worthless are infinite. */
  add(low: number, high: number): void {
    if (this.settled) return;
    this.#pairs.push([low, high]);
    const { length } = this.#pairs;
    if (length < FEWEST) return;
    this.#correlation = rankCorrelation(this.#pairs);
    this.#atLeast = rankCorrelationAtLeast(this.#correlation, length, SURE);
    this.#shown = this.#atLeast > LEAST;
  }

  get shown(): boolean {
    return this.#shown;
  }

  /** True when more trials would not change what is said of the rung. */
  get settled(): boolean {
    return this.#shown || this.#pairs.length >= MOST;
  }

  /** How far it is known, in words. */
  get words(): string {
    const { length } = this.#pairs;
    if (length < FEWEST)
      return `${length === 1 ? "1 trial has" : `${length} trials have`} come from here to the rung above, which shows nothing yet`;
    const by = `rank correlation ${this.#correlation.toFixed(2)} of ${length} trials, at least ${this.#atLeast.toFixed(2)}`;
    return `the order here is ${this.#shown ? "that" : "not shown to be that"} of the rung above: ${by}`;
  }
}
