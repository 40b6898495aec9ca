import type { LimitScale } from "../../../objective/limit-scale.ts";
import type { PointSpace } from "../../../surrogate/gp/point-space.ts";
import { repeatGroups } from "../../../surrogate/gp/repeat-groups.ts";
import type { HistoryView } from "../../../trial/history-view.ts";
import { pointOfRow } from "../../point-of-row.ts";
import { type Judging, ResultReader, type TrialResult } from "../../result-reader.ts";
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
    return {
      trials: all.filter(({ result }) => result.kind !== "worthless"),
      failed: all.filter(({ result }) => result.kind === "worthless").map(({ point }) => point),
    };
  }

  /**
   * What a table says of one number of each trial, to be made small; trials of which it is not finite are left out. A trial that was cut short counts
   * as no better than the median of the complete ones.
   */
  dataOf({ trials }: TrialTable, numberOf: (trial: TabledTrial) => number): TrainingData {
    const known = trials.filter((trial) => Number.isFinite(numberOf(trial)));
    const complete = known.filter(({ result }) => result.kind === "complete").map(numberOf);
    const median = complete.sort((a, b) => a - b)[complete.length >> 1] ?? Number.NEGATIVE_INFINITY;
    const points = known.map(({ point }) => point);
    return {
      points,
      levels: null,
      values: Float64Array.from(known, (trial) => {
        const value = numberOf(trial);
        return trial.result.kind === "complete" ? value : Math.max(value, median);
      }),
      repeats: repeatGroups(this.#points, points, (i) => known[i]!.result.kind === "complete"),
    };
  }
}
