import { compareValues } from "../../objective/index.ts";
import type { Direction } from "../../trial/metric.ts";
import { RankedList } from "../rungs/ranked-list.ts";

interface StepResult {
  readonly trial: number;
  readonly value: number;
}

/** What trials told at one step, each once, kept in their order: the best first, equal ones by their numbers, those without a value last. */
export class StepResults {
  readonly #direction: Direction;
  readonly #values = new Map<number, number>();
  readonly #ranked: RankedList<StepResult>;

  constructor(direction: Direction) {
    this.#direction = direction;
    this.#ranked = new RankedList((a, b) => this.compare(a.value, b.value) || a.trial - b.trial);
  }

  get length(): number {
    return this.#ranked.length;
  }

  /** What a trial told there first stands. */
  add(trial: number, value: number): void {
    if (this.#values.has(trial)) return;
    this.#values.set(trial, value);
    this.#ranked.add({ trial, value });
  }

  /** Undefined for a trial that was not there. */
  get(trial: number): number | undefined {
    return this.#values.get(trial);
  }

  /** How many come before a trial that was there. */
  placeOf(trial: number): number {
    return this.#ranked.rankOf({ trial, value: this.#values.get(trial)! });
  }

  /** How many are better than a value. */
  betterThan(value: number): number {
    return this.#ranked.rankOf({ trial: Number.NEGATIVE_INFINITY, value });
  }

  /** Negative when `a` is better, 0 when neither is. */
  compare(a: number, b: number): number {
    const [noA, noB] = [Number.isNaN(a), Number.isNaN(b)];
    if (noA || noB) return Number(noA) - Number(noB);
    return compareValues(a, b, this.#direction);
  }
}
