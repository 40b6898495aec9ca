import type { Limit, LimitedResult } from "./limit.ts";
import {
  compareStandings,
  type Excesses,
  excessesOf,
  type LimitStanding,
  spreadsOf,
  standingOf,
} from "./limit-standing.ts";

/**
 * Compares results by the limits as they come. Spreads are those of the results at the last doubling of their number, so that looking
 * at one more costs little; while nothing was added there is one order.
 */
export class LimitScale {
  readonly #limits: readonly Limit[];
  readonly #known: Excesses[] = [];
  #spreads: readonly (readonly number[])[] = [];
  #spreadOver = 0;

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
  }

  /** Takes a result in; answers by how much it breaks each comparison of each limit. */
  add(result: LimitedResult): Excesses {
    const own = excessesOf(result, this.#limits);
    this.#known.push(own);
    if (this.#known.length >= 2 * this.#spreadOver) {
      this.#spreadOver = this.#known.length;
      this.#spreads = this.#limits.map((_limit, k) => spreadsOf(this.#known.map((each) => each[k]!)));
    }
    return own;
  }

  keeps(excesses: Excesses): boolean {
    return this.#standing(excesses).feasible;
  }

  /** As compareStandings, of what `add` answered. */
  compare(a: Excesses, b: Excesses): number {
    return compareStandings(this.#standing(a), this.#standing(b));
  }

  #standing(excesses: Excesses): LimitStanding {
    return standingOf(excesses, this.#limits, this.#spreads);
  }
}
