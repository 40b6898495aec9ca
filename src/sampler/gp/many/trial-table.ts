import type { LimitScale } from "../../../objective/limit-scale.ts";
import type { PointSpace } from "../../../surrogate/gp/point-space.ts";
import { repeatGroups } from "../../../surrogate/gp/repeat-groups.ts";
import type { HistoryView } from "../../../trial/history-view.ts";
import { pointOfRow } from "../../point-of-row.ts";
import { type Judging, ResultReader, type TrialResult } from "../../result-reader.ts";
import { alignLevels } from "../align-levels.ts";
import { runLevels } from "../run-levels.ts";
import type { TrainingData } from "../training-set.ts";

/** A trial with what its last row says. */
export interface TabledTrial {
  readonly result: TrialResult;
  readonly point: Float64Array;
}

/** Trials in the order of their last rows. */
export interface TrialTable {
  /** With something to learn from. */
  readonly trials: readonly TabledTrial[];
  /**
   * What models learn from: the same, or where trials pass rungs or are paused there the last result of each at each step, in the order of rows.
   */
  readonly results: readonly TabledTrial[];
  readonly isAtRungs: boolean;
  readonly failed: readonly Float64Array[];
}

/** Reads trials from one view after another, those of a shorter history too, for models that each learn another number of them. */
export class TrialTables {
  readonly #points: PointSpace;
  readonly #reader = new ResultReader();
  /** By row of the view. */
  #rows: TabledTrial[] = [];

  constructor(points: PointSpace) {
    this.#points = points;
  }

  get scale(): LimitScale {
    return this.#reader.scale;
  }

  /** See `ResultReader.goals`. */
  get goals(): Float64Array | null {
    return this.#reader.goals;
  }

  /** See `ResultReader.references`. */
  get references(): Float64Array | null {
    return this.#reader.references;
  }

  /** Brings it up to a view. */
  read(view: HistoryView, judging: Judging): void {
    const begin = (): void => {
      this.#rows = [];
    };
    for (const result of this.#reader.read(view, judging, begin))
      this.#rows.push({ result, point: pointOfRow(view.columns, result.row, this.#points) });
  }

  /** What the first so many rows say. */
  at(count: number): TrialTable {
    const last = new Map<number, TabledTrial>();
    for (const row of this.#rows.slice(0, count)) {
      last.delete(row.result.trial);
      last.set(row.result.trial, row);
    }
    const all = [...last.values()];
    const trials = all.filter(({ result }) => result.kind !== "worthless");
    const isAtRungs = this.#rows.slice(0, count).some(({ result }) => result.isAtRung);
    return {
      trials,
      results: isAtRungs ? this.#resultsOf(count) : trials,
      isAtRungs,
      failed: all.filter(({ result }) => result.kind === "worthless").map(({ point }) => point),
    };
  }

  /** A later one at the same step is in the place of the one before; a failure takes the place of none. */
  #resultsOf(count: number): readonly TabledTrial[] {
    const rows = this.#rows.slice(0, count).filter(({ result }) => result.kind !== "worthless");
    const last = new Map(rows.map((row, place) => [`${row.result.trial} ${row.result.step}`, place]));
    return rows.filter(({ result }, place) => last.get(`${result.trial} ${result.step}`) === place);
  }

  /**
   * What a table says of one number of each trial, to be made small; results of which it is not finite are left out. A trial that was cut short counts
   * as no better than the median of the complete ones; where trials pass rungs or are paused there, results of shorter runs are moved to where whole ones lie.
   */
  dataOf({ results, isAtRungs }: TrialTable, numberOf: (trial: TabledTrial) => number): TrainingData {
    const known = results.filter((trial) => Number.isFinite(numberOf(trial)));
    const complete = known.filter(({ result }) => result.kind === "complete").map(numberOf);
    const median = complete.sort((a, b) => a - b)[complete.length >> 1] ?? Number.NEGATIVE_INFINITY;
    const points = known.map(({ point }) => point);
    const values = Float64Array.from(known, (trial) => {
      const value = numberOf(trial);
      return trial.result.kind === "complete" || isAtRungs ? value : Math.max(value, median);
    });
    const levels = isAtRungs ? this.#levelsOf(known) : null;
    const trials = known.map(({ result }) => result.trial);
    return {
      points,
      levels,
      values: levels === null ? values : alignLevels(values, levels, trials),
      repeats: repeatGroups(this.#points, points, (i) => known[i]!.result.kind === "complete"),
    };
  }

  #levelsOf(results: readonly TabledTrial[]): Float64Array {
    const runs = results.map(({ result: { kind, step } }) => ({ isWhole: kind === "complete", step }));
    return runLevels(runs, this.#points.space.fidelity?.high);
  }
}
