import {
  compareValues,
  GrowingFront,
  type Limit,
  LimitScale,
  meetsGoal,
  metricValue,
  trialResult,
} from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** What the ended trials of a study have come to, as far as ends of runs go by it. */
export interface Leader {
  /** Takes a trial in that has ended; true when it is better than all before it. */
  take(trial: Trial): boolean;
  /** In words, once a trial that keeps the limits is as good as this; else null. `goals`: as the goals of all objectives that have one. */
  reached(target: number | "goals"): string | null;
  /** What none was better than, in words; null while no trial has a value. */
  readonly words: string | null;
}

/** By one objective: the best trial, the one that breaks the limits least while none keeps them. */
export class BestLeader implements Leader {
  readonly #metric: Metric;
  readonly #scale: LimitScale;
  #best: { readonly trial: number; readonly value: number; readonly excesses: readonly (readonly number[])[] } | null =
    null;

  constructor(metric: Metric, limits: readonly Limit[]) {
    this.#metric = metric;
    this.#scale = new LimitScale(limits);
  }

  take(trial: Trial): boolean {
    const value = metricValue(trial, this.#metric.name);
    if (trial.state !== "complete" || !Number.isFinite(value)) return false;
    const excesses = this.#scale.add(trialResult(trial));
    const best = this.#best;
    const order = (one: NonNullable<typeof best>): number =>
      this.#scale.compare(excesses, one.excesses) || compareValues(value, one.value, this.#metric.direction);
    if (best !== null && order(best) >= 0) return false;
    this.#best = { trial: trial.number, value, excesses };
    return true;
  }

  reached(target: number | "goals"): string | null {
    const [best, { name, direction }] = [this.#best, this.#metric];
    const wanted = target === "goals" ? this.#metric.goal : target;
    if (best === null || wanted === undefined || compareValues(best.value, wanted, direction) > 0) return null;
    if (!this.#scale.keeps(best.excesses)) return null;
    return `The target is reached: trial ${best.trial} has ${name} ${best.value} (target ${wanted}).`;
  }

  get words(): string | null {
    return this.#best === null ? null : `none was better than trial ${this.#best.trial}`;
  }
}

/** By several objectives: better is what comes to the front; while nothing keeps the limits, what breaks them less. */
export class FrontLeader implements Leader {
  readonly #metrics: readonly Metric[];
  readonly #front: GrowingFront;
  /** Null without limits. */
  readonly #scale: LimitScale | null;
  #nearest: readonly (readonly number[])[] | null = null;
  #met: number | null = null;

  constructor(metrics: readonly Metric[], limits: readonly Limit[]) {
    this.#metrics = metrics;
    this.#front = new GrowingFront(metrics, limits);
    this.#scale = limits.length === 0 ? null : new LimitScale(limits);
  }

  take(trial: Trial): boolean {
    if (trial.state !== "complete") return false;
    const values = this.#metrics.map(({ name }) => metricValue(trial, name));
    if (!values.every(Number.isFinite)) return false;
    const excesses = this.#scale?.add(trialResult(trial)) ?? null;
    if (this.#front.admit(trial)) {
      const isMet = this.#metrics.every((metric, at) => metric.goal === undefined || meetsGoal(metric, values[at]!));
      if (isMet) this.#met ??= trial.number;
      return true;
    }
    if (excesses === null || this.#front.points.length > 0) return false;
    if (this.#nearest !== null && this.#scale!.compare(excesses, this.#nearest) >= 0) return false;
    this.#nearest = excesses;
    return true;
  }

  reached(target: number | "goals"): string | null {
    return target === "goals" && this.#met !== null ? `All goals are met: by trial ${this.#met}.` : null;
  }

  get words(): string | null {
    if (this.#front.points.length > 0) return "none came to the front";
    return this.#nearest === null ? null : "none came nearer to the limits";
  }
}
