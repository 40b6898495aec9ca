import type { ValueRule } from "../value-rule.ts";

/**
 * A trial's value of one metric, from the values as they come. Of several values at one step in a row the last counts, so that
 * a progress bar that is painted again changes nothing. NaN is never best, unless there is nothing else.
 */
export class CountedValue {
  readonly #rule: ValueRule;
  readonly #smaller: boolean;
  #step: number | null = null;
  #last: number | null = null;
  #best = Number.NaN;
  /** Values of the steps before the last one, newest last. */
  #earlier: number[] = [];

  /** `smaller`: whether the best is the smallest. */
  constructor(rule: ValueRule, smaller: boolean) {
    this.#rule = rule;
    this.#smaller = smaller;
  }

  add(step: number | null, value: number): void {
    if (this.#last !== null && (step === null || step !== this.#step)) this.#close(this.#last);
    this.#step = step;
    this.#last = value;
  }

  /** Null while nothing came. */
  get value(): number | null {
    if (this.#last === null) return null;
    if (this.#rule.kind === "best") return this.#better(this.#best, this.#last);
    if (this.#rule.kind === "last" || this.#earlier.length === 0) return this.#last;
    return this.#earlier.reduce((sum, value) => sum + value, this.#last) / (this.#earlier.length + 1);
  }

  #close(value: number): void {
    if (this.#rule.kind === "best") this.#best = this.#better(this.#best, value);
    if (this.#rule.kind !== "mean") return;
    this.#earlier.push(value);
    if (this.#earlier.length >= this.#rule.count) this.#earlier.shift();
  }

  #better(a: number, b: number): number {
    if (Number.isNaN(a)) return b;
    if (Number.isNaN(b)) return a;
    return this.#smaller ? Math.min(a, b) : Math.max(a, b);
  }
}
