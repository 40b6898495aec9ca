import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { dominates } from "./dominates.ts";
import { isVisible } from "./is-visible.ts";
import type { Limit } from "./limit.ts";
import { keepsLimits } from "./limit-standing.ts";
import { metricValue } from "./metric-value.ts";

interface FrontMember {
  readonly number: number;
  readonly point: readonly number[];
}

/** Trials that keep the limits and that no other dominates, as they come: of one objective the best alone. One run counts as what it gave. */
export class GrowingFront {
  readonly #metrics: readonly Metric[];
  readonly #limits: readonly Limit[];
  #points: readonly FrontMember[] = [];

  constructor(metrics: readonly Metric[], limits: readonly Limit[]) {
    this.#metrics = metrics;
    this.#limits = limits;
  }

  /** Values of these trials, in the order of the objectives. */
  get points(): readonly (readonly number[])[] {
    return this.#points.map(({ point }) => point);
  }

  /** Whether a trial of that number is among them: without it others might be that it beats. */
  has(number: number): boolean {
    return this.#points.some((one) => one.number === number);
  }

  /** Takes a trial in; true when none so far is as good in everything. */
  admit(trial: Trial): boolean {
    const metrics = this.#metrics;
    if (trial.state !== "complete" || !isVisible(trial)) return false;
    const point = metrics.map(({ name }) => metricValue(trial, name));
    if (!point.every(Number.isFinite) || !keepsLimits(trial, this.#limits)) return false;
    const isBeaten = ({ point: other }: FrontMember): boolean =>
      dominates(other, point, metrics) || other.every((value, place) => value === point[place]);
    if (this.#points.some(isBeaten)) return false;
    const { number } = trial;
    this.#points = [...this.#points.filter((other) => !dominates(point, other.point, metrics)), { number, point }];
    return true;
  }
}
