import type { EncodedNumber } from "../encoded-number.ts";
import type { Report, Values } from "../trial.ts";

/** Reports that are held elsewhere, by place. */
export interface HeldReports {
  readonly length: number;
  step(place: number): number;
  /** At which the log got it; they never fall. */
  revision(place: number): number;
  values(place: number): Values;
}

const FIRST_CAPACITY = 8;
const NONE: HeldReports = { length: 0, step: () => 0, revision: () => 0, values: () => ({}) };

/** The reports of one trial in columns: a few numbers each, objects only for who asks. More can be added. */
export class ReportList implements Iterable<Report> {
  readonly #held: HeldReports;
  #added = 0;
  /** Of each added one: revision, step, then a value for each name. */
  #numbers: Float64Array | null = null;
  #names: readonly string[] = [];
  /** Values of added ones that have other names, or something else than finite numbers. */
  #odd: Map<number, Values> | null = null;

  constructor(held: HeldReports = NONE) {
    this.#held = held;
  }

  get length(): number {
    return this.#held.length + this.#added;
  }

  /** The report at a place, the last ones from -1 on down; undefined where there is none. */
  at(place: number): Report | undefined {
    const seq = place < 0 ? this.length + place : place;
    if (seq < 0 || seq >= this.length) return undefined;
    return { seq, step: this.step(seq), values: this.values(seq) };
  }

  step(seq: number): number {
    const place = seq - this.#held.length;
    return place < 0 ? this.#held.step(seq) : this.#numbers![place * this.#stride + 1]!;
  }

  /** Of the event that brought it. */
  revision(seq: number): number {
    const place = seq - this.#held.length;
    return place < 0 ? this.#held.revision(seq) : this.#numbers![place * this.#stride]!;
  }

  values(seq: number): Values {
    const place = seq - this.#held.length;
    if (place < 0) return this.#held.values(seq);
    const odd = this.#odd?.get(place);
    if (odd !== undefined) return odd;
    const values: Record<string, EncodedNumber> = {};
    const start = place * this.#stride + 2;
    for (const [k, name] of this.#names.entries()) values[name] = this.#numbers![start + k]!;
    return values;
  }

  /** How many of them the log had at that revision. */
  lengthAt(revision: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.revision(middle) <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  push({ step, values }: Omit<Report, "seq">, revision: number): void {
    if (this.#numbers === null) this.#begin(values);
    const place = this.#added++;
    const start = place * this.#stride;
    if (start + this.#stride > this.#numbers!.length) this.#grow();
    const numbers = this.#numbers!;
    numbers[start] = revision;
    numbers[start + 1] = step;
    if (!this.#fits(values)) {
      this.#odd ??= new Map();
      this.#odd.set(place, values);
      return;
    }
    for (const [k, name] of this.#names.entries()) numbers[start + 2 + k] = values[name] as number;
  }

  /** The first `count` of them as objects. */
  first(count: number = this.length): readonly Report[] {
    return Array.from({ length: Math.min(count, this.length) }, (_none, seq) => this.at(seq)!);
  }

  *[Symbol.iterator](): Generator<Report> {
    for (let seq = 0; seq < this.length; seq++) yield this.at(seq)!;
  }

  get #stride(): number {
    return 2 + this.#names.length;
  }

  #begin(values: Values): void {
    const names = Object.keys(values);
    this.#names = names.includes("__proto__") ? [] : names;
    this.#numbers = new Float64Array(FIRST_CAPACITY * this.#stride);
  }

  /** With exactly the names of the first, in their order. */
  #fits(values: Values): boolean {
    const names = Object.keys(values);
    return (
      names.length === this.#names.length &&
      names.every((name, k) => name === this.#names[k] && typeof values[name] === "number")
    );
  }

  #grow(): void {
    const wider = new Float64Array(2 * this.#numbers!.length);
    wider.set(this.#numbers!);
    this.#numbers = wider;
  }
}
