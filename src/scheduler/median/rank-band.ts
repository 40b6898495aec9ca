import type { Direction } from "../../trial/metric.ts";

/** Of so few all are kept. */
const FEW = 16;
/** Of more, on either side of the rank that is asked for, one of so many. */
const ONE_OF = 16;

/**
 * The value at one share of numbers of which more come as time goes on, in a tenth of their memory: only those about it are kept in their order, of the
 * others how many are better and how many worse. What is not finite comes last.
 */
export class RankBand {
  readonly #sign: 1 | -1;
  readonly #share: number;
  /** Ascending, turned so that the best is the least. A plain list: there are as many as steps, and a typed array takes some hundred bytes more. */
  #band: number[] = [];
  /** Finite ones that are better than those of the band, and all finite ones. */
  #better = 0;
  #finite = 0;
  #worthless = 0;

  /** @param share - from 0 for the best number to 1 for the worst. */
  constructor(direction: Direction, share: number) {
    this.#sign = direction === "minimize" ? 1 : -1;
    this.#share = share;
  }

  /** How many numbers there are. */
  get length(): number {
    return this.#finite + this.#worthless;
  }

  /** How many of them are kept. */
  get kept(): number {
    return this.#band.length;
  }

  /**
   * The value at the share, between the two nearest ranks; where one of these is not finite, the better of the two. Null where it has left the band: then
   * all are to be given anew.
   */
  get value(): number | null {
    const place = this.#share * (this.length - 1);
    const better = this.#at(Math.floor(place));
    const worse = this.#at(Math.ceil(place));
    if (better === null || worse === null) return null;
    if (!Number.isFinite(better) || !Number.isFinite(worse)) return better;
    return better + (worse - better) * (place - Math.floor(place));
  }

  /** These instead of all so far. */
  fill(values: readonly number[]): void {
    const finite = Float64Array.from(values.filter(Number.isFinite), (value) => this.#sign * value).sort();
    this.#worthless = values.length - finite.length;
    this.#finite = finite.length;
    this.#better = 0;
    this.#band = [...finite];
    this.#cut();
  }

  add(value: number): void {
    if (!Number.isFinite(value)) {
      this.#worthless += 1;
      return;
    }
    const turned = this.#sign * value;
    const worse = this.#finite - this.#better - this.#band.length;
    this.#finite += 1;
    if (this.#better > 0 && turned < this.#band[0]!) this.#better += 1;
    else if (worse === 0 || turned <= this.#band[this.#band.length - 1]!) this.#insert(turned);
    if (this.#band.length > FEW + 3 * this.#side) this.#cut();
  }

  /** NaN for those that are not finite, null outside of the band. */
  #at(rank: number): number | null {
    if (rank >= this.#finite) return Number.NaN;
    const place = rank - this.#better;
    return place < 0 || place >= this.#band.length ? null : this.#sign * this.#band[place]!;
  }

  get #side(): number {
    return Math.max(FEW, Math.floor(this.length / ONE_OF));
  }

  #cut(): void {
    const middle = Math.floor(this.#share * (this.length - 1)) - this.#better;
    const first = Math.max(0, Math.min(middle - this.#side, this.#band.length - 1));
    const behind = Math.max(first + 1, Math.min(this.#band.length, middle + 2 + this.#side));
    if (behind - first >= this.#band.length) return;
    this.#band = this.#band.slice(first, behind);
    this.#better += first;
  }

  #insert(turned: number): void {
    let [low, high] = [0, this.#band.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#band[middle]! <= turned) low = middle + 1;
      else high = middle;
    }
    this.#band.push(turned);
    this.#band.copyWithin(low + 1, low, this.#band.length - 1);
    this.#band[low] = turned;
  }
}
