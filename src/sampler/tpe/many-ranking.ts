import type { HistoryView } from "../../trial/history-view.ts";
import { bestResults } from "../best-results.ts";
import { type Judging, ResultReader, type TrialResult } from "../result-reader.ts";
import type { Ranking } from "./ranking.ts";

/** Good trials have to cover a front: more of them than of one objective. */
const MOST_GOOD = 50;

/**
 * Ranks trials by several objectives and limits. Good are those that keep the limits, front by front (by goals, see `bestResults`); of a front too many for what is left those
 * whose hypervolume is largest (Ozaki, Tanigaki, Watanabe, Nomura and Onishi, "Multiobjective tree-structured Parzen estimator", 2022); then those
 * that break limits by how much, then those cut short by how far they came.
 */
export class ManyRanking implements Ranking {
  readonly #reader = new ResultReader();
  /** The last result of each trial, in the order of their first ones. */
  readonly #results = new Map<number, TrialResult>();
  #good: readonly number[] | null = [];

  get size(): number {
    return this.#results.size;
  }

  has(trial: number): boolean {
    return this.#results.has(trial);
  }

  row(trial: number): number {
    return this.#results.get(trial)!.row;
  }

  read(view: HistoryView, judging: Judging): readonly number[] | null {
    let lost = false;
    const fresh = this.#reader.read(view, judging, () => {
      lost = this.#results.size > 0;
    });
    if (lost) return null;
    if (fresh.length > 0) this.#good = null;
    for (const result of fresh) this.#results.set(result.trial, result);
    return [...new Set(fresh.map(({ trial }) => trial))];
  }

  good(): readonly number[] {
    this.#good ??= this.#findGood().sort((a, b) => a - b);
    return this.#good;
  }

  #findGood(): number[] {
    const valued = [...this.#results.values()].filter(({ kind }) => kind !== "worthless");
    const wanted = Math.min(Math.ceil(0.1 * valued.length), MOST_GOOD);
    const { scale } = this.#reader;
    const complete = valued.filter(({ kind }) => kind === "complete");
    const good = bestResults(
      complete.filter(({ excesses }) => scale.keeps(excesses)),
      wanted,
      this.#reader.goals,
    );
    if (good.length < wanted) {
      const infeasible = complete.filter(({ excesses }) => !scale.keeps(excesses));
      good.push(...infeasible.sort((a, b) => scale.compare(a.excesses, b.excesses) || a.trial - b.trial));
      const cutShort = valued.filter(({ kind }) => kind === "cut-short");
      good.push(...cutShort.sort((a, b) => stepOf(b) - stepOf(a) || a.trial - b.trial));
    }
    return good.slice(0, wanted).map(({ trial }) => trial);
  }
}

function stepOf({ step }: TrialResult): number {
  return Number.isNaN(step) ? -Number.MAX_VALUE : step;
}
