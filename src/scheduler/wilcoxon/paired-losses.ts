import type { Metric } from "../../trial/metric.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";
import type { Follower } from "../reports/followers.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";

/** By how much a trial is worse than another one at each step that both have a finite value of. */
export class PairedLosses implements Follower {
  readonly #sign: 1 | -1;
  readonly #values: MetricByStep;
  #rival: MetricByStep | null = null;
  /** Places of the trial's own steps that were looked at. */
  #paired = 0;
  /** By size, whatever the sign. */
  #losses: number[] = [];
  #sum = 0;

  constructor({ name, direction }: Metric) {
    this.#sign = direction === "minimize" ? 1 : -1;
    this.#values = new MetricByStep(name);
  }

  get count(): number {
    return this.#values.count;
  }

  read(reports: TrialReports, count: number): void {
    if (this.#values.read(reports, count) < this.#paired) this.#rival = null;
  }

  /** Beside that one: the differences, those least from 0 first, and their mean. */
  beside(rival: MetricByStep): { readonly losses: readonly number[]; readonly mean: number } {
    if (this.#rival !== rival) {
      this.#rival = rival;
      this.#losses = [];
      this.#sum = 0;
      this.#paired = 0;
    }
    for (; this.#paired < this.#values.length; this.#paired++) this.#pair(rival, this.#paired);
    return { losses: this.#losses, mean: this.#sum / this.#losses.length };
  }

  #pair(rival: MetricByStep, place: number): void {
    const step = this.#values.step(place);
    const other = rival.placeOf(step, place);
    if (other < 0 || rival.step(other) !== step) return;
    const loss = this.#sign * (this.#values.value(place) - rival.value(other));
    if (!Number.isFinite(loss)) return;
    this.#sum += loss;
    let [low, high] = [0, this.#losses.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (Math.abs(this.#losses[middle]!) <= Math.abs(loss)) low = middle + 1;
      else high = middle;
    }
    this.#losses.splice(low, 0, loss);
  }
}
