import { decodeNumber } from "../../trial/encoded-number.ts";
import type { Report } from "../../trial/trial.ts";
import { lastUpTo } from "../last-up-to.ts";

/** What a trial that is over had last reported of one metric by each step: 8 bytes a report, and 8 for steps that no trial before had. */
export class NewestValues {
  /** Ascending. */
  readonly #steps: Float64Array;
  /** Beside each step the value reported last of those at it or before it. */
  readonly #values: Float64Array;

  /** `before` is of a trial that may have reported at the same steps, as most do. */
  constructor(reports: readonly Report[], metric: string, before?: NewestValues) {
    const own = reports.filter(({ values }) => values[metric] !== undefined);
    // Steps come in order, as nearly always: then this is quick.
    const order = Array.from(own.keys()).sort((a, b) => own[a]!.step - own[b]!.step);
    const shared = before !== undefined && hasSteps(before.#steps, own, order);
    this.#steps = shared ? before.#steps : Float64Array.from(order, (place) => own[place]!.step);
    let last = 0;
    this.#values = Float64Array.from(order, (place) => {
      last = Math.max(last, place);
      return decodeNumber(own[last]!.values[metric]!);
    });
  }

  /** The value reported last of those at this step or before it; undefined where there was none yet. */
  by(step: number): number | undefined {
    return this.#values[lastUpTo(this.#steps, step)];
  }
}

function hasSteps(steps: Float64Array, own: readonly Report[], order: readonly number[]): boolean {
  return steps.length === order.length && order.every((place, k) => own[place]!.step === steps[k]);
}
