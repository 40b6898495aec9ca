/**
 * The area that points of the plane dominate up to a reference: the front as a staircase, from left to right. One instance serves
 * many fronts, one after the other.
 */
export class Staircase {
  #x: Float64Array;
  #y: Float64Array;
  #size = 0;
  #right = 0;
  #top = 0;
  #area = 0;

  /** `capacity` is the most points of a front. */
  constructor(capacity: number) {
    this.#x = new Float64Array(capacity);
    this.#y = new Float64Array(capacity);
  }

  get area(): number {
    return this.#area;
  }

  /** Begins anew with an empty front. */
  begin(right: number, top: number): void {
    this.#size = 0;
    this.#right = right;
    this.#top = top;
    this.#area = 0;
  }

  /** Adds a point that is better than the reference in both coordinates. */
  add(x: number, y: number): void {
    const [xs, ys] = [this.#x, this.#y];
    const size = this.#size;
    const from = firstNotBelow(xs, size, x);
    let height = from > 0 ? ys[from - 1]! : this.#top;
    if (height <= y || (from < size && xs[from] === x && ys[from]! <= y)) return;
    let left = x;
    let to = from;
    for (; to < size && ys[to]! >= y; to++) {
      this.#area += (xs[to]! - left) * (height - y);
      left = xs[to]!;
      height = ys[to]!;
    }
    this.#area += ((to < size ? xs[to]! : this.#right) - left) * (height - y);
    if (to !== from + 1 && to < size) {
      xs.copyWithin(from + 1, to, size);
      ys.copyWithin(from + 1, to, size);
    }
    xs[from] = x;
    ys[from] = y;
    this.#size = size + 1 - (to - from);
  }
}

/** Place of the first of the ascending numbers that is `x` or above. */
function firstNotBelow(numbers: Float64Array, count: number, x: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
