/** The part of the square from 0 to 1 that points dominate, both coordinates to be made small, as points come. */
export class GrowingArea {
  /** Points that no other dominates: the first coordinate rises, the second falls. */
  readonly #x: number[] = [];
  readonly #y: number[] = [];
  #area = 0;

  get area(): number {
    return this.#area;
  }

  /** How many points no other dominates. */
  get size(): number {
    return this.#x.length;
  }

  /** Takes a point in; true when none so far is as good in both. */
  admit(x: number, y: number): boolean {
    const [xs, ys] = [this.#x, this.#y];
    const at = this.#placeOf(x);
    // What stands before it is as good in the first coordinate; of those the last is the best in the second.
    if (at > 0 && ys[at - 1]! <= y) return false;
    if (at < xs.length && xs[at] === x && ys[at]! <= y) return false;
    let end = at;
    while (end < xs.length && ys[end]! >= y) end += 1;
    this.#area += this.#gain(x, y, at, end);
    xs.splice(at, end - at, x);
    ys.splice(at, end - at, y);
    return true;
  }

  /** Between the point and the steps that it takes the place of. */
  #gain(x: number, y: number, at: number, end: number): number {
    let [gain, left, top] = [0, Math.min(1, x), at > 0 ? Math.min(1, this.#y[at - 1]!) : 1];
    for (let k = at; k <= end; k++) {
      const right = Math.min(1, k < this.#x.length ? this.#x[k]! : 1);
      gain += Math.max(0, right - left) * Math.max(0, top - y);
      left = Math.max(left, right);
      if (k < end) top = Math.min(1, this.#y[k]!);
    }
    return gain;
  }

  /** Of the first point whose first coordinate is not below. */
  #placeOf(x: number): number {
    let [low, high] = [0, this.#x.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#x[middle]! < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
