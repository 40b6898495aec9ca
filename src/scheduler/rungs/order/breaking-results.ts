import { type Excesses, type GrowingSpreads, type Limit, violationBy } from "../../../objective/index.ts";

interface Breaking {
  readonly trial: number;
  readonly excesses: Excesses;
}

/**
 * What breaks limits at a rung, by how much and then by number. A limit that is one comparison orders its results alike whatever the spread of their differences is, so that they are kept in that order and a
 * place is found by halving; of joined comparisons each spread may turn the order, and a place is found by one look at all.
 */
export class BreakingResults {
  readonly #limits: readonly Limit[];
  readonly #isOrdered: boolean;
  /** By excess and number where that is the order. */
  readonly #all: Breaking[];

  constructor(limits: readonly Limit[], all: readonly Breaking[] = []) {
    this.#limits = limits;
    this.#isOrdered = limits.length === 1 && limits[0]!.tree.kind === "comparison";
    this.#all = this.#isOrdered ? all.toSorted(compareExcesses) : [...all];
  }

  get length(): number {
    return this.#all.length;
  }

  add(trial: number, excesses: Excesses): void {
    const one = { trial, excesses };
    if (this.#isOrdered) this.#all.splice(this.#placeOf(one), 0, one);
    else this.#all.push(one);
  }

  delete(trial: number, excesses: Excesses): void {
    const place = this.#isOrdered
      ? this.#placeOf({ trial, excesses })
      : this.#all.findIndex((one) => one.trial === trial);
    this.#all.splice(place, 1);
  }

  /** How many others come before a trial that breaks limits by so much. */
  countBefore(trial: number, excesses: Excesses, scale: GrowingSpreads): number {
    const own = this.#violation(excesses, scale);
    const violation = ({ excesses: theirs }: Breaking): number => this.#violation(theirs, scale);
    let place = this.#isOrdered ? firstWhere(this.#all, (one) => violation(one) >= own) : 0;
    let count = place;
    for (; place < this.#all.length; place++) {
      const one = this.#all[place]!;
      const theirs = violation(one);
      if (theirs < own || (theirs === own && one.trial < trial)) count += 1;
      if (this.#isOrdered && theirs > own) break;
    }
    return count;
  }

  /** The trial that comes first of those that are wanted; null for none. */
  first(isWanted: (trial: number) => boolean, scale: GrowingSpreads): number | null {
    let [least, first]: [number, number | null] = [Number.POSITIVE_INFINITY, null];
    for (const { trial, excesses } of this.#all) {
      if (!isWanted(trial)) continue;
      const own = this.#violation(excesses, scale);
      if (first !== null && own > least && this.#isOrdered) break;
      if (first !== null && (own > least || (own === least && trial > first))) continue;
      [least, first] = [own, trial];
    }
    return first;
  }

  #violation(excesses: Excesses, { spreads }: GrowingSpreads): number {
    return violationBy(excesses, this.#limits, spreads);
  }

  #placeOf(own: Breaking): number {
    return firstWhere(this.#all, (one) => compareExcesses(one, own) >= 0);
  }
}

function compareExcesses(a: Breaking, b: Breaking): number {
  const [x, y] = [excessOf(a.excesses), excessOf(b.excesses)];
  return x === y ? a.trial - b.trial : x - y;
}

/** By how much the one comparison is broken; by most where a value is missing. */
function excessOf(excesses: Excesses): number {
  const excess = excesses[0]![0]!;
  return Number.isNaN(excess) ? Number.POSITIVE_INFINITY : excess;
}

/** The first place from which on it holds, or the length. */
function firstWhere<T>(all: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(all[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
