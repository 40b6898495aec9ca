import { AttuneError } from "../../errors.ts";
import type { FidelityParameter } from "../../space/index.ts";
import { stepValue } from "../../space/step-grid.ts";

/** So many intervals make a full run unless it is said otherwise. */
const INTERVALS = 10;
const ROUNDING = 1e-9;

/** Steps at which members pause and are compared: multiples of an interval, below the largest step. */
export class Milestones {
  readonly interval: number;
  /** Null: nobody knows how far a program runs. */
  readonly largest: number | null;
  readonly #fidelity: FidelityParameter | null;

  /** @throws AttuneError `invalid-argument` where there is nothing to go by. */
  constructor(
    given: { readonly interval: number | null; readonly largest: number | null },
    fidelity: FidelityParameter | null,
  ) {
    this.#fidelity = fidelity;
    this.largest = fidelity?.high ?? given.largest;
    if (fidelity !== null && given.largest !== null)
      throw new AttuneError(
        "invalid-argument",
        `Scheduler pbt takes no largest where ${fidelity.name} is the fidelity: it is ${fidelity.high}.`,
      );
    if (given.interval === null && this.largest === null)
      throw new AttuneError(
        "invalid-argument",
        "Scheduler pbt compares trials at steps of an interval: give largest (steps of a full run), or interval, or declare a fidelity.",
      );
    this.interval = given.interval ?? defaultInterval(this.largest!);
    if (this.largest !== null && this.interval >= this.largest)
      throw new AttuneError(
        "invalid-argument",
        `Scheduler pbt has interval ${this.interval}, and a full run is ${this.largest} steps; give a smaller interval.`,
      );
  }

  /** The first behind a step; null where the trial's own end comes before it. */
  after(step: number): number | null {
    const exact = (Math.floor(step / this.interval + ROUNDING) + 1) * this.interval;
    const next = this.#fidelity === null ? Number(exact.toPrecision(12)) : valueFrom(this.#fidelity, exact, step);
    return this.largest !== null && next >= this.largest * (1 - ROUNDING) ? null : next;
  }
}

/** Whole where the steps are. */
function defaultInterval(largest: number): number {
  const share = largest / INTERVALS;
  return Number.isInteger(largest) ? Math.max(1, Math.round(share)) : share;
}

/** The least value of a fidelity from x on that lies beyond `step`. */
function valueFrom({ low, high, step: grid }: FidelityParameter, x: number, step: number): number {
  if (grid === null) return Math.min(high, Math.max(low, x));
  const k = Math.max(0, Math.ceil((x - low) / grid - ROUNDING));
  const value = stepValue(low, grid, k);
  return Math.min(high, value > step ? value : stepValue(low, grid, k + 1));
}
