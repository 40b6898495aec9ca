import type { RankBands } from "./rank-bands.ts";

const FIRST_CAPACITY = 64;

/** Which lot of numbers belongs to which step, and how many trials have told theirs. Where they would weigh too much, the one kept first makes room. */
export class KeptSteps {
  readonly bands: RankBands;
  /** By lot how many trials were looked at; 0 for a step that is new. */
  taken = new Int32Array(FIRST_CAPACITY);
  readonly #most: number;
  readonly #lots = new Map<number, number>();

  /** @param most - places of numbers, of all lots together. */
  constructor(bands: RankBands, most: number) {
    this.bands = bands;
    this.#most = most;
  }

  /** Places of numbers. */
  get weight(): number {
    return this.#lots.size * this.bands.room;
  }

  /** The lot of a step. One that is kept already stays where it is. */
  lotOf(step: number): number {
    const known = this.#lots.get(step);
    if (known !== undefined) return known;
    const lot = this.#free();
    this.#lots.set(step, lot);
    this.taken[lot] = 0;
    return lot;
  }

  #free(): number {
    const next = this.#lots.size;
    if (next > 0 && (next + 1) * this.bands.room > this.#most) {
      const [oldest, lot] = this.#lots.entries().next().value!;
      this.#lots.delete(oldest);
      return lot;
    }
    if (next >= this.taken.length) {
      const longer = new Int32Array(2 * this.taken.length);
      longer.set(this.taken);
      this.taken = longer;
    }
    return next;
  }
}
