import type { Trial } from "../trial/trial.ts";

/** More than ever run at a time; of others nothing is kept. */
const MOST_KEPT = 4096;

interface Kept {
  readonly seq: number;
  readonly step: number;
}

/** The largest step that trials had come to before a report, each report looked at once while a trial is asked about in its order. */
export class StepsReached {
  readonly #kept = new Map<number, Kept>();

  /** -Infinity before the first report. */
  before({ number, reports }: Trial, seq: number): number {
    const kept = this.#kept.get(number);
    let { seq: from, step } = kept !== undefined && kept.seq <= seq ? kept : { seq: 0, step: Number.NEGATIVE_INFINITY };
    for (; from < seq; from++) step = Math.max(step, reports[from]?.step ?? step);
    this.#kept.delete(number);
    this.#kept.set(number, { seq, step });
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return step;
  }
}
