/** A part that has grown to this is cut in two. */
const LONGEST = 1_024;

/** Things in their order, however many come and go: each costs about the square root of their number. No two of them may be equal in the order. */
export class RankedList<T> {
  readonly #compare: (a: T, b: T) => number;
  /** None is empty. */
  readonly #parts: T[][] = [];
  #length = 0;

  /** `compare` as for `sort`. */
  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get length(): number {
    return this.#length;
  }

  /** The first of all; undefined where there is none. */
  get first(): T | undefined {
    return this.#parts[0]?.[0];
  }

  /** How many come before it, whether it is among them or not. */
  rankOf(one: T): number {
    const at = this.#partOf(one);
    let rank = 0;
    for (let k = 0; k < at; k++) rank += this.#parts[k]!.length;
    return at === this.#parts.length ? rank : rank + this.#placeIn(this.#parts[at]!, one);
  }

  add(one: T): void {
    this.#length += 1;
    const at = Math.min(this.#partOf(one), this.#parts.length - 1);
    const part = this.#parts[at];
    if (part === undefined) {
      this.#parts.push([one]);
      return;
    }
    part.splice(this.#placeIn(part, one), 0, one);
    if (part.length > LONGEST) this.#parts.splice(at + 1, 0, part.splice(LONGEST / 2));
  }

  /** Takes out the one that is equal in the order; nothing where there is none. */
  delete(one: T): void {
    const at = this.#partOf(one);
    const part = this.#parts[at];
    const place = part === undefined ? 0 : this.#placeIn(part, one);
    if (part === undefined || this.#compare(part[place]!, one) !== 0) return;
    part.splice(place, 1);
    this.#length -= 1;
    if (part.length === 0) this.#parts.splice(at, 1);
  }

  *[Symbol.iterator](): Generator<T> {
    for (const part of this.#parts) yield* part;
  }

  /** The first part whose last is not before it. */
  #partOf(one: T): number {
    return firstWhere(this.#parts.length, (k) => this.#compare(this.#parts[k]!.at(-1)!, one) >= 0);
  }

  #placeIn(part: readonly T[], one: T): number {
    return firstWhere(part.length, (k) => this.#compare(part[k]!, one) >= 0);
  }
}

/** The first place from which on it holds, or `length`. */
function firstWhere(length: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
