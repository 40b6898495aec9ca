import type { Direction } from "../../trial/metric.ts";

/** More than so many are sorted in with all others, for each that is put in its place moves those behind it. */
const FEW = 16;

/** Numbers in their order, best first, to which more are added as they come; what is not finite comes last. */
export class RankedValues {
  readonly #sign: 1 | -1;
  /** Ascending, turned so that the best is the least; the first `#count` of them count. */
  #sorted = new Float64Array(8);
  #count = 0;
  #worthless = 0;

  constructor(direction: Direction) {
    this.#sign = direction === "minimize" ? 1 : -1;
  }

  /** How many there are. */
  get length(): number {
    return this.#count + this.#worthless;
  }

  /** The value at a rank, from 0 for the best; NaN for those that are not finite. */
  at(rank: number): number {
    return rank < this.#count ? this.#sign * this.#sorted[rank]! : Number.NaN;
  }

  /** Adds values: a few are put in their places, of many all are sorted anew. */
  add(values: readonly number[]): void {
    const finite = values.filter(Number.isFinite);
    this.#worthless += values.length - finite.length;
    this.#makeRoom(finite.length);
    if (finite.length > FEW) {
      for (const value of finite) this.#sorted[this.#count++] = this.#sign * value;
      this.#sorted.subarray(0, this.#count).sort();
    } else for (const value of finite) this.#insert(this.#sign * value);
  }

  #insert(value: number): void {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    this.#sorted.copyWithin(low + 1, low, this.#count);
    this.#sorted[low] = value;
    this.#count += 1;
  }

  #makeRoom(more: number): void {
    if (this.#count + more <= this.#sorted.length) return;
    // By little: there are as many of these lists as steps.
    const larger = new Float64Array(Math.ceil(1.25 * (this.#count + more)));
    larger.set(this.#sorted.subarray(0, this.#count));
    this.#sorted = larger;
  }
}
