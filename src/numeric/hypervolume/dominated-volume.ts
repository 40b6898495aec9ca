import { Staircase } from "./staircase.ts";

/**
 * The volume that points dominate up to a reference, in three and more dimensions; all are to be made small. Three are swept along the
 * last coordinate, over the staircase of the first two. More are added in the order of the last coordinate, each with what it alone
 * dominates of the space of the others: the others, brought to where they are no better than it (While, Bradstreet and Barone, "A fast way of calculating
 * exact hypervolumes", 2012, with its slicing), are points of one dimension less. Rows of `dimension` numbers; one instance serves
 * many sets.
 */
export class DominatedVolume {
  readonly #capacity: number;
  readonly #stairs: Staircase;
  /** By dimension: the points of one dimension less that are left of those added so far, and what they become beside one more. */
  readonly #levels = new Map<number, Level>();

  /** `capacity` is the most points of a set. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#stairs = new Staircase(capacity);
  }

  /** Of the first `count` rows, which stand in the order of their last coordinate and are better than the reference in all. */
  of(rows: Float64Array, count: number, dimension: number, reference: ArrayLike<number>): number {
    return dimension === 3 ? this.#swept(rows, count, reference) : this.#added(rows, count, dimension, reference);
  }

  #swept(rows: Float64Array, count: number, reference: ArrayLike<number>): number {
    const stairs = this.#stairs;
    stairs.begin(reference[0]!, reference[1]!);
    let volume = 0;
    let last = count > 0 ? rows[2]! : 0;
    for (let at = 0; at < 3 * count; at += 3) {
      const depth = rows[at + 2]!;
      if (depth > last) {
        volume += stairs.area * (depth - last);
        last = depth;
      }
      stairs.add(rows[at]!, rows[at + 1]!);
    }
    return volume + stairs.area * (reference[2]! - last);
  }

  #added(rows: Float64Array, count: number, dimension: number, reference: ArrayLike<number>): number {
    const level = this.#level(dimension);
    const below = dimension - 1;
    let size = 0;
    let slice = 0;
    let volume = 0;
    let last = count > 0 ? rows[below]! : 0;
    for (let i = 0; i < count; i++) {
      const at = i * dimension;
      const depth = rows[at + below]!;
      volume += slice * (depth - last);
      last = depth;
      if (isDominated(level.kept, size, below, rows, at)) continue;
      slice += box(rows, at, below, reference);
      if (size > 0) {
        limit(level, size, below, rows, at);
        slice -= this.of(level.limited, size, below, reference);
      }
      size = insert(level.kept, size, below, rows, at);
    }
    return volume + slice * (reference[below]! - last);
  }

  #level(dimension: number): Level {
    let level = this.#levels.get(dimension);
    if (level === undefined) {
      const room = this.#capacity * (dimension - 1);
      level = { kept: new Float64Array(room), limited: new Float64Array(room) };
      this.#levels.set(dimension, level);
    }
    return level;
  }
}

interface Level {
  /** In the order of the last coordinate, none dominated by another. */
  readonly kept: Float64Array;
  readonly limited: Float64Array;
}

/** Whether one of the first `size` rows of `width` numbers is nowhere worse than the point at `at`. */
function isDominated(kept: Float64Array, size: number, width: number, rows: Float64Array, at: number): boolean {
  const depth = rows[at + width - 1]!;
  for (let k = 0; k < size * width; k += width) {
    if (kept[k + width - 1]! > depth) return false;
    let d = 0;
    while (d < width && kept[k + d]! <= rows[at + d]!) d++;
    if (d === width) return true;
  }
  return false;
}

function box(rows: Float64Array, at: number, width: number, reference: ArrayLike<number>): number {
  let volume = 1;
  for (let d = 0; d < width; d++) volume *= reference[d]! - rows[at + d]!;
  return volume;
}

/** What the rows dominate of the part of the space that the point at `at` dominates; their order stays. */
function limit({ kept, limited }: Level, size: number, width: number, rows: Float64Array, at: number): void {
  for (let k = 0; k < size * width; k += width)
    for (let d = 0; d < width; d++) {
      const [own, most] = [kept[k + d]!, rows[at + d]!];
      limited[k + d] = own > most ? own : most;
    }
}

/** Puts the point at its place among the rows, and takes out those that it dominates; answers how many there are then. */
function insert(kept: Float64Array, size: number, width: number, rows: Float64Array, at: number): number {
  const depth = rows[at + width - 1]!;
  let place = 0;
  while (place < size && kept[place * width + width - 1]! < depth) place++;
  let next = place;
  for (let k = place; k < size; k++) {
    let d = 0;
    while (d < width && rows[at + d]! <= kept[k * width + d]!) d++;
    if (d === width) continue;
    if (next !== k) kept.copyWithin(next * width, k * width, (k + 1) * width);
    next++;
  }
  kept.copyWithin((place + 1) * width, place * width, next * width);
  for (let d = 0; d < width; d++) kept[place * width + d] = rows[at + d]!;
  return next + 1;
}
