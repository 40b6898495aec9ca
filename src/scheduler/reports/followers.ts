import { isFinished } from "../../trial/evolve/trial-record.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";

/** As many are kept before those of trials that have ended are looked for. */
const FEW = 32;

/** Something that follows from a trial's reports, read in their order, each once. */
export interface Follower {
  /** How many it has read. */
  readonly count: number;
  /** Takes in those that are new among the reports before `count`. */
  read(reports: TrialReports, count: number): unknown;
}

/**
 * A follower for each trial that is asked about. What it says follows from the reports alone, whoever asked before: one that has read too far is made
 * anew. Those of trials that have ended are dropped in time.
 */
export class Followers<F extends Follower> {
  readonly #make: () => F;
  readonly #kept = new Map<number, F>();
  #most = FEW;

  constructor(make: () => F) {
    this.#make = make;
  }

  /** That of a trial, with its reports before `count`: `seq + 1` for what was known when report `seq` came. */
  of(view: HistoryView, trial: number, count: number): F {
    const follower = this.#begun(view, trial, count);
    const reports = view.reports(trial);
    if (reports !== undefined) follower.read(reports, Math.min(count, reports.length));
    return follower;
  }

  #begun(view: HistoryView, trial: number, count: number): F {
    const known = this.#kept.get(trial);
    if (known !== undefined && known.count <= count) return known;
    if (known === undefined && this.#kept.size >= this.#most) this.#tidy(view);
    const made = this.#make();
    this.#kept.set(trial, made);
    return made;
  }

  #tidy(view: HistoryView): void {
    for (const trial of this.#kept.keys()) {
      const known = view.trial(trial);
      if (known === undefined || isFinished(known)) this.#kept.delete(trial);
    }
    this.#most = Math.max(FEW, 2 * this.#kept.size);
  }
}
