import type { FidelityParameter } from "../../space/index.ts";
import { stepValue } from "../../space/step-grid.ts";
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
  /** The largest fidelity, which is a trial's own end; null where none is declared. */
  readonly whole: number | null;

  /** @param reach - largest step known when the ladder was made; where a fidelity is declared, that counts instead. */
  constructor(reach: number, reduction: number, smallest: number | null, fidelity?: FidelityParameter) {
    this.whole = fidelity?.high ?? null;
    this.steps =
      fidelity === undefined ? stepsUpTo(reach, reduction, smallest) : valuesOf(fidelity, reduction, smallest);
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

function stepsUpTo(reach: number, reduction: number, smallest: number | null): readonly number[] {
  const whole = Number.isInteger(reach) && reach >= 1;
  const bottom = smallest ?? Math.min(reach, reach / power(reduction, RUNGS_BELOW));
  const steps: number[] = [];
  for (let exact = bottom; steps.length < MOST_RUNGS && exact <= Number.MAX_SAFE_INTEGER; exact *= reduction) {
    const step = whole ? Math.max(1, Math.ceil(exact - 1e-9 * exact)) : exact;
    if (step !== steps.at(-1)) steps.push(step);
  }
  return steps;
}

/** Rungs at values of a fidelity, the largest of them its `high`; `smallest`, else its `low`, bounds them below. */
function valuesOf(fidelity: FidelityParameter, reduction: number, smallest: number | null): readonly number[] {
  const { high } = fidelity;
  const least = smallest ?? fidelity.low;
  const most = smallest === null ? RUNGS_BELOW + 1 : MOST_RUNGS;
  const steps = [high];
  for (let exact = high / reduction; exact >= least * (1 - 1e-9) && steps.length < most; exact /= reduction) {
    const step = nearestValueAbove(fidelity, exact);
    if (step < steps[0]!) steps.unshift(step);
  }
  if (steps[0] === least || (smallest === null && steps.length > 1)) return steps;
  // A given smallest rung takes the place of one that it lies close below.
  const close = steps.length > 1 && steps[0]! * steps[0]! < least * least * reduction;
  return [least, ...steps.slice(close ? 1 : 0)];
}

/** The smallest value of a fidelity that is not below x. */
function nearestValueAbove({ low, high, step }: FidelityParameter, x: number): number {
  return step === null ? Math.max(low, x) : Math.min(high, stepValue(low, step, Math.ceil((x - low) / step - 1e-9)));
}

function power(base: number, times: number): number {
  let product = 1;
  for (let k = 0; k < times; k++) product *= base;
  return product;
}
