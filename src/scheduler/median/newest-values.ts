import { decodeNumber } from "../../trial/encoded-number.ts";
import type { Report } from "../../trial/trial.ts";
import { lastUpTo } from "../last-up-to.ts";

/** What a trial that is over had last reported of one metric by each step: 16 bytes a report. */
export class NewestValues {
  /** Ascending. */
  readonly #steps: Float64Array;
  /** Beside each step the value reported last of those at it or before it. */
  readonly #values: Float64Array;

  constructor(reports: readonly Report[], metric: string) {
    const own = reports.filter(({ values }) => values[metric] !== undefined);
    // Steps come in order, as nearly always: then this is quick.
    const order = Array.from(own.keys()).sort((a, b) => own[a]!.step - own[b]!.step);
    this.#steps = Float64Array.from(order, (place) => own[place]!.step);
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
