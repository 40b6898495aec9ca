import type { ValueRule } from "./value-rule.ts";

/** A value at its step, or, in place of the value, why what was printed there is none. */
interface Counted {
  readonly value: number;
  readonly fault: string | null;
}

/**
 * A trial's value of one metric, from the values as they come. Of several values at one step in a row the last counts, so that
 * a progress bar that is painted again changes nothing. NaN is never best, unless there is nothing else. Where one of those that
 * count could not be read there is no value: it might have been any.
 *
 * A value on a line without a step, behind a line that had both step and value, is either of that step (a test after each epoch) or
 * of the whole (the result at the end); which of them shows when it comes behind a second step, or never does.
 */
export class CountedValue {
  /** With such values taken as of the step before, and as of none. */
  readonly #merged: RuleValue;
  readonly #apart: RuleValue;
  /** Step that the last of them came behind, and behind how many they came. */
  #behind: number | null = null;
  #times = 0;

  /** `smaller`: whether the best is the smallest. */
  constructor(rule: ValueRule, smaller: boolean) {
    this.#merged = new RuleValue(rule, smaller);
    this.#apart = new RuleValue(rule, smaller);
  }

  /** `behind`: the step is that of an earlier line with a value of its own. */
  add(step: number | null, value: number, behind = false): void {
    this.#add(step, { value, fault: null }, behind);
  }

  /** What came in place of a value at this step cannot be read. */
  refuse(step: number | null, fault: string): void {
    this.#add(step, { value: Number.NaN, fault }, false);
  }

  /** Null while nothing came, and where what counts could not be read. */
  get value(): number | null {
    const { counted } = this.#counting;
    return counted === null || counted.fault !== null ? null : counted.value;
  }

  /** Why there is no value although something came, or null. */
  get fault(): string | null {
    return this.#counting.counted?.fault ?? null;
  }

  get #counting(): RuleValue {
    return this.#times > 1 ? this.#merged : this.#apart;
  }

  #add(step: number | null, counted: Counted, behind: boolean): void {
    this.#merged.add(step, counted);
    this.#apart.add(behind ? null : step, counted);
    if (!behind || (this.#times > 0 && this.#behind === step)) return;
    this.#behind = step;
    this.#times++;
  }
}

/** The same by what is given as the step alone. */
class RuleValue {
  readonly #rule: ValueRule;
  readonly #smaller: boolean;
  #step: number | null = null;
  #last: Counted | null = null;
  #best: Counted = { value: Number.NaN, fault: null };
  /** Values of the steps before the last one, newest last. */
  #earlier: Counted[] = [];

  constructor(rule: ValueRule, smaller: boolean) {
    this.#rule = rule;
    this.#smaller = smaller;
  }

  get counted(): Counted | null {
    if (this.#last === null) return null;
    if (this.#rule.kind === "best") return this.#better(this.#best, this.#last);
    if (this.#rule.kind === "last" || this.#earlier.length === 0) return this.#last;
    const all = [...this.#earlier, this.#last];
    const unread = all.find(({ fault }) => fault !== null);
    return unread ?? { value: all.reduce((sum, { value }) => sum + value, 0) / all.length, fault: null };
  }

  add(step: number | null, counted: Counted): void {
    if (this.#last !== null && (step === null || step !== this.#step)) this.#close(this.#last);
    this.#step = step;
    this.#last = counted;
  }

  #close(counted: Counted): void {
    if (this.#rule.kind === "best") this.#best = this.#better(this.#best, counted);
    if (this.#rule.kind !== "mean") return;
    this.#earlier.push(counted);
    if (this.#earlier.length >= this.#rule.count) this.#earlier.shift();
  }

  #better(a: Counted, b: Counted): Counted {
    if (a.fault !== null) return a;
    if (b.fault !== null || Number.isNaN(a.value)) return b;
    if (Number.isNaN(b.value)) return a;
    return { value: this.#smaller ? Math.min(a.value, b.value) : Math.max(a.value, b.value), fault: null };
  }
}
