import { compileLimits, dominates, type Limit } from "../../objective/index.ts";
import type { Params } from "../../space/json.ts";
import type { Metric } from "../../trial/metric.ts";
import { EndModel } from "../many/end-model.ts";
import type { StepResult } from "../many/step-result.ts";
import { smoothedName } from "../reports/smooth.ts";
import { FrontOrder } from "./order/front-order.ts";
import type { RungOrder } from "./order/rung-order.ts";
import { ValueOrder } from "./order/value-order.ts";
import type { RungResult } from "./rung-course.ts";

/** The orders of the rungs, of one reading of a history. */
export interface RungOrders {
  /** A new one. */
  at(rung: number): RungOrder;
  /** That a trial came to a rung, `below` being what it had at the one below. */
  came(result: RungResult, below: RungResult | undefined): void;
  /** That a trial came to its end, and what it had at its rungs. */
  ended(end: RungResult, rungs: Iterable<readonly [rung: number, result: RungResult]>): void;
}

/** What trials are compared by at rungs: the objectives of a study and its limits. */
export class RungJudge {
  readonly metrics: readonly Metric[];
  /** Metrics that are read besides the first objective: the others, and what limits look at. */
  readonly others: readonly string[];
  readonly #limits: readonly Limit[];
  readonly #grows: readonly string[];

  constructor(metrics: readonly Metric[], limits: readonly string[] = [], grows: readonly string[] = []) {
    this.metrics = metrics;
    this.#limits = compileLimits(limits);
    this.#grows = grows;
    const limited = this.#limits.flatMap((limit) => limit.metrics);
    const [first, ...others] = metrics.map(({ name }) => name);
    this.others = [...new Set([...others, ...limited])].filter((name) => name !== first);
  }

  /** Whether a trial's parameters matter. */
  get readsParams(): boolean {
    return this.#limits.some(({ parameters }) => parameters.length > 0);
  }

  /** `ratioAt`: the largest step by that of a rung. */
  begin(paramsOf: (trial: number) => Params, ratioAt: (rung: number) => number): RungOrders {
    const [metric] = this.metrics;
    if (this.metrics.length === 1 && this.#limits.length === 0)
      return { at: () => new ValueOrder(metric!), came: () => {}, ended: () => {} };
    const model = new EndModel(this.#grows);
    const limited = [...new Set(this.#limits.flatMap((limit) => limit.metrics))];
    return {
      at: (rung) =>
        new FrontOrder({
          limits: this.#limits,
          version: () => limited.map((name) => model.versionAt(name, rung, ratioAt(rung))).join(" "),
          stepResult: (result) =>
            this.#stepResult(result, limited, paramsOf, (name, value) => model.atEnd(name, rung, value, ratioAt(rung))),
        }),
      came: (result, below) => {
        if (below === undefined) return;
        for (const name of limited) model.saw(name, this.#value(below, name), this.#value(result, name));
      },
      ended: (end, rungs) => {
        for (const [rung, result] of rungs)
          for (const name of limited) model.ended(name, rung, this.#value(result, name), this.#value(end, name));
      },
    };
  }

  /** What a result is worth in each objective, less being better and Infinity nothing. */
  losses(result: RungResult): readonly number[] {
    return this.metrics.map(({ name, direction }) => {
      const value = this.#value(result, name);
      if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY;
      return direction === "minimize" ? value : -value;
    });
  }

  /** Whether a result has a finite value of each objective. */
  isWorth(result: RungResult): boolean {
    return this.metrics.every(({ name }) => Number.isFinite(this.#value(result, name)));
  }

  /** Whether one result is better than another of the same rung that it was not compared with there. */
  isBetter(one: RungResult, other: RungResult): boolean {
    const points = [one, other].map((result) => this.metrics.map(({ name }) => this.#value(result, name)));
    return dominates(points[0]!, points[1]!, this.metrics);
  }

  /** `loss 0.3`, `accuracy 0.9 and ms 12`. */
  words(result: RungResult, smooth: number): string {
    const told = this.metrics.map(({ name }) => `${smoothedName(name, smooth)} ${this.#value(result, name)}`);
    return told.length === 1 ? told[0]! : `${told.slice(0, -1).join(", ")} and ${told.at(-1)}`;
  }

  #value({ value, others }: RungResult, name: string): number {
    return name === this.metrics[0]!.name ? value : (others?.[name] ?? Number.NaN);
  }

  #stepResult(
    result: RungResult,
    limited: readonly string[],
    paramsOf: (trial: number) => Params,
    atEnd: (name: string, value: number) => number,
  ): StepResult {
    const isTold = (name: string): boolean => name === this.metrics[0]!.name || result.others?.[name] !== undefined;
    const told = limited.filter(isTold).map((name) => [name, atEnd(name, this.#value(result, name))]);
    const params = this.readsParams ? paramsOf(result.trial) : {};
    return { trial: result.trial, point: this.losses(result), told: Object.fromEntries(told), params };
  }
}
