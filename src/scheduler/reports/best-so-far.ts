import { leadOver } from "../../objective/index.ts";
import type { Metric } from "../../trial/metric.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";
import type { Follower } from "./followers.ts";
import { MetricByStep } from "./metric-by-step.ts";

const FIRST_CAPACITY = 16;

export interface BestOptions {
  /** How much better than the best before a value has to be; default 0. */
  readonly delta?: number;
  /** Steps that a value is the mean of; default 1. */
  readonly smooth?: number;
}

/** The best value that a trial had up to each of its steps: what came later, or was told of later steps, says nothing of it. */
export class BestSoFar implements Follower {
  readonly values: MetricByStep;
  readonly #metric: Metric;
  readonly #delta: number;
  readonly #smooth: number;
  /** By place that of the best up to there, -1 where no value is finite; the first `#known` count. */
  #bests = new Int32Array(FIRST_CAPACITY);
  #known = 0;

  constructor(metric: Metric, { delta = 0, smooth = 1 }: BestOptions = {}) {
    this.#metric = metric;
    this.#delta = delta;
    this.#smooth = smooth;
    this.values = new MetricByStep(metric.name);
  }

  get count(): number {
    return this.values.count;
  }

  read(reports: TrialReports, count: number): void {
    this.#known = Math.min(this.#known, this.values.read(reports, count));
  }

  /** The value at a place: the mean of the last `smooth` ones. */
  at(place: number): number {
    return this.values.smoothed(place, this.#smooth);
  }

  /** Place of the best value up to the place, -1 where none is finite. */
  upTo(place: number): number {
    this.#makeRoom(place + 1);
    let best = this.#known === 0 ? -1 : this.#bests[this.#known - 1]!;
    for (; this.#known <= place; this.#known++) {
      if (this.#isBetter(this.#known, best)) best = this.#known;
      this.#bests[this.#known] = best;
    }
    return place < 0 ? -1 : this.#bests[place]!;
  }

  #isBetter(place: number, best: number): boolean {
    const value = this.at(place);
    if (!Number.isFinite(value)) return false;
    return best < 0 || leadOver(value, this.at(best), this.#metric.direction) > this.#delta;
  }

  #makeRoom(length: number): void {
    if (length <= this.#bests.length) return;
    const longer = new Int32Array(Math.max(length, 2 * this.#bests.length));
    longer.set(this.#bests.subarray(0, this.#known));
    this.#bests = longer;
  }
}
