import { lastUpTo } from "../reports/last-up-to.ts";

/** Rungs below the largest step, unless a smallest one is given. */
const RUNGS_BELOW = 3;
/** So many rungs reach from 1 to 2^53 by doubling. */
const MOST_RUNGS = 64;

/**
 * The steps at which trials are judged: `smallest`, and each `reduction` times the one before. Whole numbers where the steps seen are; the same
 * for the life of a study once the first trial has come to its end, so that a longer trial adds rungs on top and renumbers none.
 */
export class Ladder {
  /** Ascending. */
  readonly steps: readonly number[];

  /** @param reach - largest step known when the ladder was made. */
  constructor(reach: number, reduction: number, smallest: number | null) {
    const whole = Number.isInteger(reach) && reach >= 1;
    const bottom = smallest ?? Math.min(reach, reach / power(reduction, RUNGS_BELOW));
    const steps: number[] = [];
    for (let exact = bottom; steps.length < MOST_RUNGS && exact <= Number.MAX_SAFE_INTEGER; exact *= reduction) {
      const step = whole ? Math.max(1, Math.ceil(exact - 1e-9 * exact)) : exact;
      if (step !== steps.at(-1)) steps.push(step);
    }
    this.steps = steps;
  }

  /** The highest rung at or below a step; -1 where the step lies below all, or is none. */
  rungAt(step: number): number {
    return Number.isNaN(step) ? -1 : lastUpTo((rung) => this.steps[rung]!, this.steps.length, step);
  }

  /** Step of the next rung below `largest`, or null where that is the trial's own end. */
  above(rung: number, largest: number): number | null {
    const next = this.steps[rung + 1];
    return next !== undefined && next < largest ? next : null;
  }
}

function power(base: number, times: number): number {
  let product = 1;
  for (let k = 0; k < times; k++) product *= base;
  return product;
}
