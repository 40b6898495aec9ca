import type { Trial } from "../trial/trial.ts";
import { Recent } from "./recent.ts";

interface Kept {
  /** Reports looked at. */
  readonly seq: number;
  /** The largest step since the metric was first told. */
  readonly step: number;
  /** Whether it was told. */
  readonly told: boolean;
}

const NOTHING: Kept = { seq: 0, step: Number.NEGATIVE_INFINITY, told: false };

/**
 * The largest step that trials had come to before a report, from the first on that told the metric: nobody can be judged earlier. Each report is
 * looked at once while a trial is asked about in its order.
 */
export class StepsReached {
  readonly #metric: string;
  readonly #kept = new Recent<Kept>();

  constructor(metric: string) {
    this.#metric = metric;
  }

  /** -Infinity before the first such report; null where the report itself, and all before it, lack the metric. */
  before({ number, reports }: Trial, seq: number): number | null {
    const kept = this.#kept.get(number);
    let { seq: from, step, told } = kept !== undefined && kept.seq <= seq ? kept : NOTHING;
    for (; from < seq; from++) {
      const report = reports[from];
      told ||= report?.values[this.#metric] !== undefined;
      if (told) step = Math.max(step, report?.step ?? step);
    }
    this.#kept.keep(number, { seq, step, told });
    return told || reports[seq]?.values[this.#metric] !== undefined ? step : null;
  }
}
