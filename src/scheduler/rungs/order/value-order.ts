import { compareValues } from "../../../objective/index.ts";
import type { Metric } from "../../../trial/metric.ts";
import { RankedList } from "../ranked-list.ts";
import type { RungResult } from "../rung-course.ts";
import type { RungOrder, RungPlace } from "./rung-order.ts";

/** The order by one objective; equal ones by their numbers. */
export class ValueOrder implements RungOrder {
  readonly #metric: Metric;
  readonly #values = new Map<number, RungResult>();
  readonly #ranked: RankedList<RungResult>;
  readonly #waiting: RankedList<RungResult>;

  constructor(metric: Metric) {
    this.#metric = metric;
    const compare = (a: RungResult, b: RungResult): number => this.#compare(a, b);
    this.#ranked = new RankedList(compare);
    this.#waiting = new RankedList(compare);
  }

  get length(): number {
    return this.#ranked.length;
  }

  get first(): RungResult | undefined {
    return this.#ranked.first;
  }

  get firstWaiting(): RungResult | undefined {
    return this.#waiting.first;
  }

  get(trial: number): RungResult | undefined {
    return this.#values.get(trial);
  }

  add(result: RungResult): void {
    this.#values.set(result.trial, result);
    this.#ranked.add(result);
  }

  placeOf(result: RungResult): RungPlace {
    const known = this.#values.get(result.trial);
    const itself = known !== undefined && this.#compare(known, result) < 0 ? 1 : 0;
    const others = this.#ranked.length - (known === undefined ? 0 : 1);
    return { better: this.#ranked.rankOf(result) - itself, others, note: "" };
  }

  wait(trial: number): void {
    this.#waiting.add(this.#values.get(trial)!);
  }

  leave(trial: number): void {
    this.#waiting.delete(this.#values.get(trial)!);
  }

  [Symbol.iterator](): Iterator<RungResult> {
    return this.#ranked[Symbol.iterator]();
  }

  #compare(a: RungResult, b: RungResult): number {
    return compareValues(a.value, b.value, this.#metric.direction) || a.trial - b.trial;
  }
}
