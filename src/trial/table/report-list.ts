import { decodeNumber, type EncodedNumber } from "../encoded-number.ts";
import type { Report, Values } from "../trial.ts";
import { PackedReports, type ReportSource } from "./packed-reports.ts";
import { type ShelfPlace, ShelvedReports } from "./shelved-reports.ts";

const FIRST_CAPACITY = 8;
const NO_BYTES = new Uint8Array(0);
const NONE: ReportSource & { value(): undefined } = {
  length: 0,
  step: () => 0,
  revision: () => 0,
  values: () => ({}),
  value: () => undefined,
};

/**
 * The reports of one trial: three numbers each while the trial runs, narrow columns once it has ended; objects for who asks. More can
 * be added.
 */
export class ReportList implements ReportSource, Iterable<Report> {
  #held: PackedReports | ShelvedReports | typeof NONE;
  #added = 0;
  /** Of each added one: revision, step, then a value for each name. */
  #numbers: Float64Array | null = null;
  #names: readonly string[] = [];
  /** Values of added ones that have other names, or something else than finite numbers. */
  #odd: Map<number, Values> | null = null;
  /** The first of them as objects: while a trial runs, each of its reports is followed by a look at all. */
  #made: Report[] | null = null;

  constructor(held: PackedReports | ShelvedReports | null = null) {
    this.#held = held ?? NONE;
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
    for (let k = 0; k < this.#names.length; k++) values[this.#names[k]!] = this.#numbers![start + k]!;
    return values;
  }

  /** Metrics that each of them has as a number, and no other; null where it is not so, or it would have to be looked at. */
  get names(): readonly string[] | null {
    return this.#held.length === 0 && this.#odd === null ? this.#names : null;
  }

  /** What the report at a place tells of a metric; undefined where it does not tell it. */
  value(seq: number, metric: string): number | undefined {
    const place = seq - this.#held.length;
    if (place < 0) return this.#held.value(seq, metric);
    const odd = this.#odd?.get(place);
    if (odd !== undefined) return Object.hasOwn(odd, metric) ? decodeNumber(odd[metric]!) : undefined;
    const column = this.#names.indexOf(metric);
    return column < 0 ? undefined : this.#numbers![place * this.#stride + 2 + column];
  }

  /** How many of them the log had at that revision. */
  lengthAt(revision: number): number {
    let [low, high] = [0, this.length];
    // Nearly always asked of the newest.
    if (high === 0 || this.revision(high - 1) <= revision) return high;
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
    for (let k = 0; k < this.#names.length; k++) numbers[start + 2 + k] = values[this.#names[k]!] as number;
  }

  /** The first `count` of them as objects, the same ones while the trial runs. */
  first(count: number = this.length): readonly Report[] {
    this.#made ??= [];
    const made = this.#added > 0 ? this.#made : [];
    for (let seq = made.length; seq < Math.min(count, this.length); seq++) made.push(this.at(seq)!);
    return made.length === count && made !== this.#made ? made : made.slice(0, count);
  }

  /** All of them in bytes, as `PackedReports` reads them; no bytes for none. */
  pack(): Uint8Array {
    if (this.length === 0) return NO_BYTES;
    return this.#added === 0 && this.#held instanceof PackedReports ? this.#held.bytes : PackedReports.pack(this).bytes;
  }

  /** Where on a shelf all of them lie; null where they lie elsewhere, or there are none. */
  get place(): ShelfPlace | null {
    return this.#added === 0 && this.#held instanceof ShelvedReports ? this.#held.place : null;
  }

  /** Says that no more are expected: they become narrow columns, which `shelve` puts away. */
  settle(shelve: (packed: PackedReports) => ShelvedReports): void {
    if (this.length === 0 || this.place !== null) return;
    this.#held = shelve(
      this.#added === 0 && this.#held instanceof PackedReports ? this.#held : PackedReports.pack(this),
    );
    this.#added = 0;
    this.#numbers = null;
    this.#odd = null;
    this.#made = null;
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
    let count = 0;
    for (const name in values) if (name !== this.#names[count++] || typeof values[name] !== "number") return false;
    return count === this.#names.length;
  }

  #grow(): void {
    const wider = new Float64Array(2 * this.#numbers!.length);
    wider.set(this.#numbers!);
    this.#numbers = wider;
  }
}
