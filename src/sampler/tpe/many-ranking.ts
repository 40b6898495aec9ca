import { selectSubset } from "../../numeric/hypervolume/select-subset.ts";
import { crowdingDistances } from "../../numeric/pareto/crowding-distances.ts";
import { undominatedPlaces } from "../../numeric/pareto/undominated-places.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import { type Judging, ResultReader, type TrialResult } from "../result-reader.ts";
import type { Ranking } from "./ranking.ts";

/** Good trials have to cover a front: more of them than of one objective. */
const MOST_GOOD = 50;
/** Objectives up to which a front is thinned out by hypervolume, whose cost grows with every one more. */
const MOST_BY_VOLUME = 5;
/** How far beyond the worst of a front its hypervolume reaches, as a share of its range. */
const BEYOND = 0.1;

/**
 * Ranks trials by several objectives and limits. Good are those that keep the limits, front by front; of a front too many for what is left those
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
    const good = bestOf(
      complete.filter(({ excesses }) => scale.keeps(excesses)),
      wanted,
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

/** At most so many, front by front. */
function bestOf(results: readonly TrialResult[], wanted: number): TrialResult[] {
  const best: TrialResult[] = [];
  let left = results;
  while (left.length > 0 && best.length < wanted) {
    const places = new Set(undominatedPlaces(left.map(({ point }) => point)));
    const front = left.filter((_result, place) => places.has(place));
    const room = wanted - best.length;
    best.push(...(front.length <= room ? front : thinned(front, room)));
    left = left.filter((_result, place) => !places.has(place));
  }
  return best;
}

function thinned(front: readonly TrialResult[], count: number): readonly TrialResult[] {
  const points = toUnitRanges(front.map(({ point }) => point));
  const dimension = points[0]!.length;
  if (dimension <= MOST_BY_VOLUME) {
    const reference = new Array<number>(dimension).fill(1 + BEYOND);
    return selectSubset(points, count, reference).map((place) => front[place]!);
  }
  const distances = crowdingDistances(points);
  const order = [...front.keys()].sort((a, b) => compareDistances(distances[a]!, distances[b]!) || a - b);
  return order.slice(0, count).map((place) => front[place]!);
}

function compareDistances(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

/** Each coordinate brought to [0, 1] by its least and most; 0 where they do not differ. */
function toUnitRanges(points: readonly Float64Array[]): readonly Float64Array[] {
  const low = points.reduce((a, b) => a.map((v, d) => Math.min(v, b[d]!)));
  const high = points.reduce((a, b) => a.map((v, d) => Math.max(v, b[d]!)));
  // Halved, so that no difference overflows.
  return points.map((point) =>
    point.map((v, d) => (high[d]! > low[d]! ? (v / 2 - low[d]! / 2) / (high[d]! / 2 - low[d]! / 2) : 0)),
  );
}
