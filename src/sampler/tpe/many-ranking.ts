import type { HistoryView } from "../../trial/history-view.ts";
import { bestResults } from "../best-results.ts";
import { type Judging, ResultReader, type TrialResult } from "../result-reader.ts";
import { nthLargest } from "./nth-largest.ts";
import type { Ranking } from "./ranking.ts";

/** Good trials have to cover a front: more of them than of one objective. */
const MOST_GOOD = 50;

/**
 * Ranks trials by several objectives and limits. Good are those that keep the limits, front by front (by goals, see `bestResults`); of a front too many for what is left those
 * whose hypervolume is largest (Ozaki, Tanigaki, Watanabe, Nomura and Onishi, "Multiobjective tree-structured Parzen estimator", 2022); then those
 * that break limits by how much, then those cut short by how far they came. Where trials pass rungs or are paused there, they are ranked at the highest step
 * to which enough of them came, each by its first result from there on.
 */
export class ManyRanking implements Ranking {
  /** Trials that a step is to have been reached by, for trials to be ranked there. */
  readonly #enough: number;
  readonly #reader = new ResultReader();
  /** The last result of each trial, in the order of their first ones. */
  readonly #results = new Map<number, TrialResult>();
  /** Of trials with several results those before the last. */
  readonly #earlier = new Map<number, readonly TrialResult[]>();
  #isAtRungs = false;
  #good: readonly number[] | null = [];

  constructor(enough: number) {
    this.#enough = enough;
  }

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
    for (const result of fresh) this.#take(result);
    return [...new Set(fresh.map(({ trial }) => trial))];
  }

  good(): readonly number[] {
    this.#good ??= (this.#isAtRungs ? this.#goodAtRung() : this.#findGood()).sort((a, b) => a - b);
    return this.#good;
  }

  #take(result: TrialResult): void {
    const { trial } = result;
    const before = this.#results.get(trial);
    if (before !== undefined) this.#earlier.set(trial, [...(this.#earlier.get(trial) ?? []), before]);
    this.#results.set(trial, result);
    this.#isAtRungs ||= result.isAtRung;
  }

  #findGood(): number[] {
    const valued = this.#valued();
    const wanted = goodCount(valued.length);
    const good = this.#best(
      valued.filter(({ kind }) => kind === "complete"),
      wanted,
    );
    if (good.length < wanted) {
      const cutShort = valued.filter(({ kind }) => kind === "cut-short");
      good.push(...cutShort.sort((a, b) => stepOf(b) - stepOf(a) || a.trial - b.trial));
    }
    return good.slice(0, wanted).map(({ trial }) => trial);
  }

  #goodAtRung(): number[] {
    const valued = this.#valued();
    const rung = nthLargest(valued.map(reachOf), this.#enough);
    const there = valued.filter((result) => reachOf(result) >= rung);
    const resultThere = (last: TrialResult): TrialResult =>
      this.#earlier.get(last.trial)?.find((result) => result.kind !== "worthless" && reachOf(result) >= rung) ?? last;
    const known = there.map(resultThere).filter(({ point }) => point.every(Number.isFinite));
    // Who came there is one of the better trials already: a tenth of all may be half of those.
    const wanted = Math.min(goodCount(valued.length), Math.ceil(known.length / 2));
    return this.#best(known, wanted).map(({ trial }) => trial);
  }

  #valued(): TrialResult[] {
    return [...this.#results.values()].filter(({ kind }) => kind !== "worthless");
  }

  /** Of results with all objectives: those that keep the limits, then those that break them least. */
  #best(results: readonly TrialResult[], wanted: number): TrialResult[] {
    const { scale } = this.#reader;
    const best = bestResults(
      results.filter(({ excesses }) => scale.keeps(excesses)),
      wanted,
      this.#reader,
    );
    if (best.length === wanted) return best;
    const infeasible = results.filter(({ excesses }) => !scale.keeps(excesses));
    best.push(...infeasible.sort((a, b) => scale.compare(a.excesses, b.excesses) || a.trial - b.trial));
    return best.slice(0, wanted);
  }
}

/** A tenth of the trials. */
function goodCount(trials: number): number {
  return Math.min(Math.ceil(0.1 * trials), MOST_GOOD);
}

/** How far a trial came: to its end, or to a step. */
function reachOf(result: TrialResult): number {
  return result.kind === "complete" ? Number.POSITIVE_INFINITY : stepOf(result);
}

function stepOf({ step }: TrialResult): number {
  return Number.isNaN(step) ? -Number.MAX_VALUE : step;
}
